using System.Numerics;
using System.Runtime.Intrinsics;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Csv;

/// <summary>Finds the fields of a CSV row, quoted as in RFC 4180. Quoted fields lose their quotes in place.</summary>
/// <param name="delimiter">What stands between fields.</param>
/// <param name="isMultiline">Whether quoted fields may hold line breaks, for messages.</param>
/// <param name="trimsBlanks">Whether blanks around a field do not belong to it.</param>
internal readonly struct CsvFieldFinder(byte delimiter, bool isMultiline = false, bool trimsBlanks = false)
{
    /// <summary>Finds all fields.</summary>
    public List<Range> Find(Span<byte> line)
    {
        var found = new List<Range>();
        var fields = new FieldScan(delimiter, trimsBlanks);
        var at = 0;
        FieldStop stop;
        do
        {
            stop = fields.Next(line, ref at);
            found.Add(Take(line, ref fields, stop));
        }
        while (stop == FieldStop.Delimiter);
        return found;
    }

    /// <summary>Finds the fields that are columns of a format.</summary>
    /// <param name="line">The line.</param>
    /// <param name="columnOfField">For each field of the file its column, or -1.</param>
    /// <param name="found">For each column its field; columns that the file lacks stay empty.</param>
    public void FindColumns(Span<byte> line, ReadOnlySpan<int> columnOfField, Span<Range> found)
    {
        if (trimsBlanks || line.Length < Vector256<byte>.Count || !TryFindPlain(line, columnOfField, found))
        {
            FindQuoted(line, columnOfField, found);
        }
    }

    // Delimiters by the 32: most lines hold no quotes. False if there is one, a byte that no plain field may hold, or if the number of
    // fields is wrong, which the other way reports.
    private bool TryFindPlain(ReadOnlySpan<byte> line, ReadOnlySpan<int> columnOfField, Span<Range> found)
    {
        var field = 0;
        var start = 0;
        for (var at = 0; at < line.Length;)
        {
            // The last step overlaps the one before it; what was seen there is shifted out.
            var from = Math.Min(at, line.Length - Vector256<byte>.Count);
            var bytes = Vector256.Create(line[from..]);
            var odd = Vector256.Equals(bytes, Vector256.Create(FieldScan.Quote))
                | Vector256.Equals(bytes, Vector256.Create((byte)'\r'))
                | Vector256.Equals(bytes, Vector256<byte>.Zero);
            if (odd != Vector256<byte>.Zero)
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
        var fields = new FieldScan(delimiter, trimsBlanks);
        var at = 0;
        var count = 0;
        FieldStop stop;
        do
        {
            stop = fields.Next(line, ref at);
            var range = Take(line, ref fields, stop);
            if (count == columnOfField.Length)
            {
                throw new FormatException(FieldErrors.TooMany(line, columnOfField.Length));
            }

            Put(columnOfField[count++], range, found);
        }
        while (stop == FieldStop.Delimiter);

        if (count < columnOfField.Length)
        {
            throw new FormatException(FieldErrors.TooFew(line, count, columnOfField.Length));
        }
    }

    private Range Take(Span<byte> line, ref FieldScan field, FieldStop stop)
    {
        if (!field.IsQuoted)
        {
            return TakePlain(line, ref field, stop);
        }

        if (field.IsOpen)
        {
            var where = isMultiline ? "in its row" : "in its line; if it may hold line breaks, set MultilineFields";
            throw new FormatException(FieldErrors.Open(line, where));
        }

        if (stop is FieldStop.Misplaced or FieldStop.LineFeed || field.IsBehindReturn)
        {
            throw new FormatException(FieldErrors.Behind(line, field));
        }

        return new Range(field.Start, field.HasDoubledQuotes ? WithoutDoubledQuotes(line, field.Start, field.End) : field.End);
    }

    private Range TakePlain(Span<byte> line, ref FieldScan field, FieldStop stop)
    {
        var end = stop == FieldStop.TextEnd ? line.Length : field.End;
        var text = line[field.Start..end];
        if (text.IndexOfAny((byte)'\r', (byte)0) >= 0)
        {
            throw new FormatException(FieldErrors.Odd(line));
        }

        while (trimsBlanks && !text.IsEmpty && field.IsBlank(text[^1]))
        {
            text = text[..^1];
        }

        if (!text.IsEmpty && field.IsBlank(text[0]) && text.TrimStart(" \t"u8) is [FieldScan.Quote, ..])
        {
            throw new FormatException(FieldErrors.BlankBeforeQuote);
        }

        return new Range(field.Start, field.Start + text.Length);
    }

    private static int WithoutDoubledQuotes(Span<byte> line, int start, int end)
    {
        var to = start;
        for (var from = start; from < end; from++)
        {
            line[to++] = line[from];
            from += line[from] == FieldScan.Quote ? 1 : 0;
        }

        return to;
    }
}
