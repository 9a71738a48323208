using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weir.Wire;

/// <summary>Arrays, lists and whatever else keeps its items in order, as an array; null as nil.</summary>
/// <remarks>The items' codec is asked for at each use, as types may contain themselves.</remarks>
/// <typeparam name="TSequence">The collection.</typeparam>
/// <typeparam name="TItem">Its items.</typeparam>
/// <param name="make">Makes the collection of items that are nobody else's.</param>
public sealed class SequenceCodec<TSequence, TItem>(Func<TItem[], TSequence> make) : Codec<TSequence>
    where TSequence : IEnumerable<TItem>
{
    /// <inheritdoc/>
    public override Schema Schema => new("list", [new("item", Codecs.Of<TItem>().Schema)]) { Kind = SchemaKind.List };

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, in TSequence value)
    {
        if (value is null or ImmutableArray<TItem> { IsDefault: true })
        {
            writer.WriteNil();
            return;
        }

        ExactCollection.Check(value);
        var items = ItemsOf(value);
        writer.WriteArrayHeader(items.Length);
        var codec = Codecs.Of<TItem>();
        foreach (ref readonly var item in items)
        {
            codec.Write(ref writer, item);
        }
    }

    /// <inheritdoc/>
    public override TSequence Read(ref MessagePackReader reader)
    {
        return WireItems.TryRead<TItem>(ref reader, out var items) ? make(items) : default!;
    }

    /// <inheritdoc/>
    public override long SizeOf(in TSequence value)
    {
        if (value is null or ImmutableArray<TItem> { IsDefault: true })
        {
            return 0;
        }

        var items = ItemsOf(value);
        var bytes = 24 + ((long)items.Length * Unsafe.SizeOf<TItem>());
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TItem>())
        {
            var codec = Codecs.Of<TItem>();
            foreach (ref readonly var item in items)
            {
                bytes += codec.SizeOf(item);
            }
        }

        return bytes;
    }

    private static ReadOnlySpan<TItem> ItemsOf(TSequence value) => value switch
    {
        TItem[] array => array,
        List<TItem> list => CollectionsMarshal.AsSpan(list),
        ImmutableArray<TItem> array => array.AsSpan(),
        _ => (ReadOnlySpan<TItem>)value.ToArray(),
    };
}
