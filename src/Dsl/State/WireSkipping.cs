using System.Buffers;

namespace Weir.Wire;

/// <summary>Steps over values that nobody wants, however deep they are nested.</summary>
internal static class WireSkipping
{
    /// <summary>Steps over one value: without recursion, as hostile bytes could be nested without end.</summary>
    public static void SkipValue(this ref MessagePackReader reader)
    {
        for (var left = 1L; left > 0; left--)
        {
            switch (reader.NextMessagePackType)
            {
                case MessagePackType.Array:
                    left += reader.ReadArrayHeader();
                    break;
                case MessagePackType.Map:
                    left += 2L * reader.ReadMapHeader();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    /// <summary>The bytes of one value, where they lie.</summary>
    public static ReadOnlySequence<byte> ReadSlice(this ref MessagePackReader reader)
    {
        var start = reader.Position;
        reader.SkipValue();
        return reader.Sequence.Slice(start, reader.Position);
    }
}
