using System.Diagnostics.CodeAnalysis;

namespace Weir.Wire;

/// <summary>The items of a sequence or a set, as both lie on the wire.</summary>
internal static class WireItems
{
    /// <summary>Reads an array of items, or the nil of a collection that is null.</summary>
    /// <returns>Whether there was a collection.</returns>
    public static bool TryRead<TItem>(ref MessagePackReader reader, [NotNullWhen(true)] out TItem[]? items)
    {
        if (reader.TryReadNil())
        {
            items = null;
            return false;
        }

        items = new TItem[reader.ReadArrayHeader()];
        var codec = Codecs.Of<TItem>();
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = codec.Read(ref reader);
        }

        return true;
    }
}
