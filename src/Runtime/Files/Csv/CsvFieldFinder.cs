using System.Numerics;
using System.Runtime.Intrinsics;

namespace Weir.Runtime.Files.Csv;

/// <summary>Finds the fields of a CSV line, quoted as in RFC 4180. Quoted fields lose their quotes in place.</summary>
/// <param name="delimiter">What stands between fields.</param>
internal readonly struct CsvFieldFinder(byte delimiter)
{
    private const byte Quote = (byte)'"';

    /// <summary>Finds all fields.</summary>
    /// <returns>How many there are.</returns>
    public int Find(Span<byte> line, Span<Range> fields)
    {
        var count = 0;
        var next = 0;
        while (next <= line.Length)
        {
            fields[count++] = Next(line, ref next);
        }

        return count;
    }

    /// <summary>Finds the fields that are columns of a format.</summary>
    /// <param name="line">The line.</param>
    /// <param name="columnOfField">For each field of the file its column, or -1.</param>
    /// <param name="found">For each column its field; columns that the file lacks stay empty.</param>
    public void FindColumns(Span<byte> line, ReadOnlySpan<int> columnOfField, Span<Range> found)
    {
        if (line.Length < Vector256<byte>.Count || !TryFindUnquoted(line, columnOfField, found))
        {
            FindQuoted(line, columnOfField, found);
        }
    }

    // Delimiters by the 32: most lines hold no quotes. False if there is one, or if the number of fields is wrong, which the other way reports.
    private bool TryFindUnquoted(ReadOnlySpan<byte> line, ReadOnlySpan<int> columnOfField, Span<Range> found)
    {
        var field = 0;
        var start = 0;
        for (var at = 0; at < line.Length;)
        {
            // The last step overlaps the one before it; what was seen there is shifted out.
            var from = Math.Min(at, line.Length - Vector256<byte>.Count);
            var bytes = Vector256.Create(line[from..]);
            if (Vector256.EqualsAny(bytes, Vector256.Create(Quote)))
            {
                return false;
            }

            var delimiters = Vector256.Equals(bytes, Vector256.Create(delimiter)).ExtractMostSignificantBits() >> (at - from);
            for (; delimiters != 0; delimiters &= delimiters - 1)
            {
                var end = at + BitOperations.TrailingZeroCount(delimiters);
                if (field >= columnOfField.Length)
                {
                    return false;
                }

                Put(columnOfField[field++], new Range(start, end), found);
                start = end + 1;
            }

            at = from + Vector256<byte>.Count;
        }

        if (field != columnOfField.Length - 1)
        {
            return false;
        }

        Put(columnOfField[field], new Range(start, line.Length), found);
        return true;
    }

    private static void Put(int column, Range field, Span<Range> found)
    {
        if ((uint)column < (uint)found.Length)
        {
            found[column] = field;
        }
    }

    private void FindQuoted(Span<byte> line, ReadOnlySpan<int> columnOfField, Span<Range> found)
    {
        var next = 0;
        for (var field = 0; field < columnOfField.Length; field++)
        {
            if (next > line.Length)
            {
                throw new FormatException($"it has {field} fields instead of {columnOfField.Length}");
            }

            var range = Next(line, ref next);
            Put(columnOfField[field], range, found);
        }

        if (next <= line.Length)
        {
            throw new FormatException($"it has more than {columnOfField.Length} fields");
        }
    }

    // The field at an offset, which moves on to the next field; behind the last one it lies beyond the line.
    private Range Next(Span<byte> line, ref int next)
    {
        var start = next;
        if (start < line.Length && line[start] == Quote)
        {
            return NextQuoted(line, ref next);
        }

        var size = line[start..].IndexOf(delimiter);
        var end = size < 0 ? line.Length : start + size;
        next = end + 1;
        return new Range(start, end);
    }

    private Range NextQuoted(Span<byte> line, ref int next)
    {
        var start = next + 1;
        var from = start;
        var to = start;
        while (true)
        {
            var size = line[from..].IndexOf(Quote);
            if (size < 0)
            {
                throw new FormatException("a quoted field does not end; if it may hold line breaks, set MultilineFields");
            }

            if (from != to)
            {
                line.Slice(from, size).CopyTo(line[to..]);
            }

            from += size + 1;
            to += size;
            if (from >= line.Length || line[from] != Quote)
            {
                break;
            }

            line[to++] = Quote;
            from++;
        }

        if (from < line.Length && line[from] != delimiter)
        {
            throw new FormatException("text follows the closing quote of a field; quotes within a quoted field are written twice");
        }

        next = from + 1;
        return new Range(start, to);
    }
}
