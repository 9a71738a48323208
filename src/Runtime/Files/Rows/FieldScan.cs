namespace Weir.Runtime.Files.Rows;

/// <summary>
/// Steps from field to field of CSV, quoted as in RFC 4180. Both the scanner of lines and the finder of fields ask it, so that they agree
/// on where a quote opens a field and which line break ends a row.
/// </summary>
/// <remarks>A quote opens a field only as its first byte. The scan can be interrupted at any byte and go on once there are more.</remarks>
/// <param name="delimiter">What stands between fields.</param>
/// <param name="trimsBlanks">Whether blanks around a field do not belong to it.</param>
internal struct FieldScan(byte delimiter, bool trimsBlanks)
{
    public const byte Quote = (byte)'"';

    private Part _part = Part.Before;

    private enum Part
    {
        Before,
        Plain,
        Quoted,
        AfterQuote,
        AfterReturn,
        Behind,
    }

    /// <summary>Gets the first byte of the field, without its quote.</summary>
    public int Start { get; private set; }

    /// <summary>Gets the byte behind the last of the field, without its quote; known once the field has ended.</summary>
    public int End { get; private set; }

    /// <summary>Gets a value indicating whether the field is quoted.</summary>
    public bool IsQuoted { get; private set; }

    /// <summary>Gets a value indicating whether quotes within the field are written twice.</summary>
    public bool HasDoubledQuotes { get; private set; }

    /// <summary>Gets how many fields have ended.</summary>
    public int Count { get; private set; }

    /// <summary>Gets a value indicating whether the field's closing quote is still to come.</summary>
    public readonly bool IsOpen => _part == Part.Quoted;

    /// <summary>
    /// Gets a value indicating whether a carriage return stands behind the closing quote, which only the end of the line may follow.
    /// </summary>
    public readonly bool IsBehindReturn => _part == Part.AfterReturn;

    /// <summary>Goes on to the end of a field.</summary>
    /// <param name="text">The row from its beginning; the same as before, perhaps with more behind it.</param>
    /// <param name="at">Where to go on; afterwards behind the delimiter, at the line feed, at what does not belong, or at the end of the
    /// text.</param>
    /// <returns>What ends the field.</returns>
    public FieldStop Next(ReadOnlySpan<byte> text, ref int at)
    {
        if (_part == Part.Behind)
        {
            (_part, Start, IsQuoted, HasDoubledQuotes) = (Part.Before, at, false, false);
        }

        while (at < text.Length)
        {
            if (_part == Part.Before)
            {
                Begin(text, ref at);
            }
            else if (_part == Part.Plain)
            {
                var size = text[at..].IndexOfAny(delimiter, (byte)'\n');
                at = size < 0 ? text.Length : at + size;
                End = at;
            }
            else if (_part == Part.Quoted)
            {
                SkipQuoted(text, ref at);
                continue;
            }
            else if (text[at] == Quote && _part == Part.AfterQuote && End == at - 1)
            {
                HasDoubledQuotes = true;
                _part = Part.Quoted;
                at++;
                continue;
            }
            else if (text[at] == '\r' && delimiter != '\r' && _part == Part.AfterQuote)
            {
                _part = Part.AfterReturn;
                at++;
                continue;
            }
            else if (trimsBlanks && _part == Part.AfterQuote && IsBlank(text[at]))
            {
                at++;
                continue;
            }

            if (at < text.Length && _part is not (Part.Before or Part.Quoted) && TryStop(text, ref at, out var stop))
            {
                return stop;
            }
        }

        return FieldStop.TextEnd;
    }

    /// <summary>Whether a byte is a blank and no delimiter.</summary>
    public readonly bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' && b != delimiter;

    private void Begin(ReadOnlySpan<byte> text, ref int at)
    {
        if (trimsBlanks && IsBlank(text[at]))
        {
            at++;
            Start = at;
        }
        else if (text[at] == Quote)
        {
            at++;
            (Start, IsQuoted, _part) = (at, true, Part.Quoted);
        }
        else
        {
            _part = Part.Plain;
            End = at;
        }
    }

    private void SkipQuoted(ReadOnlySpan<byte> text, ref int at)
    {
        var size = text[at..].IndexOf(Quote);
        if (size < 0)
        {
            at = text.Length;
            return;
        }

        End = at + size;
        at = End + 1;
        _part = Part.AfterQuote;
    }

    private bool TryStop(ReadOnlySpan<byte> text, ref int at, out FieldStop stop)
    {
        var b = text[at];
        stop = b == delimiter && _part != Part.AfterReturn ? FieldStop.Delimiter : b == '\n' ? FieldStop.LineFeed : FieldStop.Misplaced;
        if (stop == FieldStop.Misplaced)
        {
            // A plain field that has just begun goes on to its end; behind quotes there may be nothing.
            return _part != Part.Plain;
        }

        if (stop == FieldStop.Delimiter)
        {
            at++;
        }

        Count++;
        _part = Part.Behind;
        return true;
    }
}

/// <summary>What ends a field.</summary>
internal enum FieldStop
{
    /// <summary>The delimiter: another field follows.</summary>
    Delimiter,

    /// <summary>A line feed outside quotes.</summary>
    LineFeed,

    /// <summary>Text behind the closing quote.</summary>
    Misplaced,

    /// <summary>The text is over: that ends the field too, unless it is open or there is more to come.</summary>
    TextEnd,
}
