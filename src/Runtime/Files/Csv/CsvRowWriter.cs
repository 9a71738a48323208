using System.Buffers;
using System.Globalization;
using System.Text;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Csv;

/// <summary>Writes the fields of one row in order, quoting where RFC 4180 asks for it.</summary>
public ref struct CsvRowWriter
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("\"\r\n\0"u8);

    private readonly IBufferWriter<byte> _output;
    private readonly byte _delimiter;
    private bool _isInRow;

    /// <summary>Begins a row.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="delimiter">What stands between fields.</param>
    public CsvRowWriter(IBufferWriter<byte> output, byte delimiter = (byte)',')
    {
        _output = output;
        _delimiter = delimiter;
    }

    /// <summary>Writes an empty field: a missing value.</summary>
    public void WriteEmpty() => Separate();

    /// <summary>Writes a text; null as an empty field.</summary>
    /// <param name="value">The text.</param>
    public void Write(string? value)
    {
        Separate();
        if (!string.IsNullOrEmpty(value))
        {
            WriteText(value);
        }
    }

    /// <summary>Writes a text that may be missing: null as an empty field, an empty text as quotes with nothing between them.</summary>
    /// <param name="value">The text.</param>
    public void WriteOptional(string? value)
    {
        if (value is not "")
        {
            Write(value);
            return;
        }

        Separate();
        _output.Write("\"\""u8);
    }

    /// <summary>Writes a truth value.</summary>
    /// <param name="value">The value.</param>
    public void Write(bool value)
    {
        Separate();
        _output.Write(value ? "true"u8 : "false"u8);
    }

    /// <summary>Writes an instant in ISO 8601.</summary>
    /// <param name="value">The value.</param>
    public void Write(DateTime value) => Write(value, value.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy'-'MM'-'dd'T'HH':'mm':'ssK" : "O");

    /// <summary>Writes an instant and its offset in ISO 8601.</summary>
    /// <param name="value">The value.</param>
    public void Write(DateTimeOffset value) =>
        Write(value, value.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy'-'MM'-'dd'T'HH':'mm':'ssK" : "O");

    /// <summary>Writes an instant as a number since the Unix epoch; one without a zone counts as UTC.</summary>
    /// <param name="value">The value.</param>
    /// <param name="unit">What the number counts.</param>
    public void Write(DateTime value, EpochUnit unit)
    {
        Separate();
        _output.Advance(EpochTime.Format(value, unit, _output.GetSpan(EpochTime.LongestText)));
    }

    /// <summary>Writes an instant as a number since the Unix epoch.</summary>
    /// <param name="value">The value.</param>
    /// <param name="unit">What the number counts.</param>
    public void Write(DateTimeOffset value, EpochUnit unit) => Write(value.UtcDateTime, unit);

    /// <summary>Writes a date in ISO 8601.</summary>
    /// <param name="value">The value.</param>
    public void Write(DateOnly value) => Write(value, "O");

    /// <summary>Writes a time of day in ISO 8601.</summary>
    /// <param name="value">The value.</param>
    public void Write(TimeOnly value) => Write(value, "O");

    /// <summary>Writes any value that formats itself, by the invariant culture and so that it reads back the same.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public void Write<T>(T value)
        where T : IUtf8SpanFormattable => Write(value, default);

    /// <summary>Writes any value that formats itself, by the invariant culture.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="format">How.</param>
    public void Write<T>(T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Separate();
        var size = 64;
        int written;
        while (!value.TryFormat(_output.GetSpan(size), out written, format, CultureInfo.InvariantCulture))
        {
            size *= 2;
        }

        if (NeedsQuotes(_output.GetSpan(size)[..written]))
        {
            WriteText(Encoding.UTF8.GetString(_output.GetSpan(size)[..written]));
        }
        else
        {
            _output.Advance(written);
        }
    }

    /// <summary>Writes an enum value by its name, or its number if it has none.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="value">The value.</param>
    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var name = EnumText<TEnum>.Name(value);
        if (name.IsEmpty || name.Contains(_delimiter))
        {
            Write(name.IsEmpty ? EnumText<TEnum>.Describe(value) : value.ToString());
            return;
        }

        Separate();
        _output.Write(name);
    }

    private void Separate()
    {
        if (_isInRow)
        {
            _output.GetSpan(1)[0] = _delimiter;
            _output.Advance(1);
        }

        _isInRow = true;
    }

    private readonly void WriteText(string value)
    {
        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        var room = _output.GetSpan(size);
        var written = Encoding.UTF8.GetBytes(value, room);
        if (!NeedsQuotes(room[..written]))
        {
            _output.Advance(written);
            return;
        }

        var quoted = Encoding.UTF8.GetBytes($"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        _output.Write(quoted);
    }

    // Blanks at the ends are kept by quotes: some readers trim them. Zeros are too, for a reader of ours takes them for damage anywhere
    // else.
    private readonly bool NeedsQuotes(ReadOnlySpan<byte> field) =>
        field.Length > 0 && (field.IndexOfAny(Special) >= 0 || field.Contains(_delimiter) || IsBlank(field[0]) || IsBlank(field[^1]));

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t';
}
