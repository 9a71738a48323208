using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Csv;

/// <summary>The fields of one row, found but not yet parsed. Fields are asked for by column of the format, not by position in the file.</summary>
public readonly ref struct CsvRow
{
    private readonly ReadOnlySpan<byte> _line;
    private readonly ReadOnlySpan<Range> _fields;
    private readonly IReadOnlyList<CsvColumn> _columns;
    private readonly TextPool? _texts;

    /// <summary>Makes a row.</summary>
    /// <param name="line">The line as UTF-8, unquoted where fields were quoted.</param>
    /// <param name="fields">For each column of the format its part of the line; an empty part for a missing column.</param>
    /// <param name="columns">The columns, for messages.</param>
    public CsvRow(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, IReadOnlyList<CsvColumn> columns)
        : this(line, fields, columns, null)
    {
    }

    internal CsvRow(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, IReadOnlyList<CsvColumn> columns, TextPool? texts)
    {
        _line = line;
        _fields = fields;
        _columns = columns;
        _texts = texts;
    }

    /// <summary>The text of a field.</summary>
    public ReadOnlySpan<byte> Field(int column)
    {
        var field = _fields[column];
        return _line[field.Start.Value..field.End.Value];
    }

    /// <summary>Whether a field is empty: a missing value of a nullable member.</summary>
    public bool IsEmpty(int column) => Field(column).IsEmpty;

    /// <summary>A text. Short texts that return often are one object.</summary>
    public string Text(int column) => _texts is null ? Encoding.UTF8.GetString(Field(column)) : _texts.Get(Field(column));

    /// <summary>A whole number.</summary>
    public int Int32(int column)
    {
        var field = Field(column);
        return WholeNumber.TryParseShort(field, out var value) || (Utf8Parser.TryParse(field, out value, out var read) && read == field.Length)
            ? value
            : throw Bad(column, "a whole number");
    }

    /// <summary>A whole number.</summary>
    public long Int64(int column)
    {
        var field = Field(column);
        return Utf8Parser.TryParse(field, out long value, out var read) && read == field.Length ? value : throw Bad(column, "a whole number");
    }

    /// <summary>A number with a decimal point.</summary>
    public double Double(int column)
    {
        var field = Field(column);
        return double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(column, "a number");
    }

    /// <summary>A number with a decimal point.</summary>
    public float Single(int column)
    {
        var field = Field(column);
        return float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(column, "a number");
    }

    /// <summary>A number with a decimal point, exact.</summary>
    public decimal Decimal(int column)
    {
        var field = Field(column);
        return decimal.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(column, "a decimal number");
    }

    /// <summary>A truth value: <c>true</c>, <c>false</c>, whatever their case, <c>1</c> or <c>0</c>.</summary>
    public bool Boolean(int column)
    {
        var field = Field(column);
        return field switch
        {
            [(byte)'1'] => true,
            [(byte)'0'] => false,
            _ => Utf8Parser.TryParse(field, out bool value, out var read) && read == field.Length ? value : throw Bad(column, "a truth value"),
        };
    }

    /// <summary>An instant in ISO 8601: with a zone it becomes UTC, without one it stays unspecified, so that no machine's zone matters.</summary>
    public DateTime DateTime(int column) =>
        IsoTime.TryParse(Field(column), out DateTime value) ? value : throw Bad(column, "a date and time (such as 2001-12-31T23:59:00)");

    /// <summary>An instant with its offset in ISO 8601; without a zone it counts as UTC.</summary>
    public DateTimeOffset DateTimeOffset(int column) =>
        IsoTime.TryParse(Field(column), out DateTimeOffset value) ? value : throw Bad(column, "a date and time with offset (such as 2001-12-31T23:59:00+01:00)");

    /// <summary>A date in ISO 8601.</summary>
    public DateOnly DateOnly(int column) =>
        IsoTime.TryParse(Field(column), out DateOnly value) ? value : throw Bad(column, "a date (such as 2001-12-31)");

    /// <summary>A time of day in ISO 8601.</summary>
    public TimeOnly TimeOnly(int column) =>
        System.TimeOnly.TryParse(Encoding.UTF8.GetString(Field(column)), CultureInfo.InvariantCulture, out var value) ? value : throw Bad(column, "a time of day (such as 23:59:00)");

    /// <summary>A duration as <c>[-][d.]hh:mm[:ss[.fffffff]]</c>.</summary>
    public TimeSpan TimeSpan(int column) =>
        System.TimeSpan.TryParse(Encoding.UTF8.GetString(Field(column)), CultureInfo.InvariantCulture, out var value) ? value : throw Bad(column, "a duration (such as 1.02:03:04)");

    /// <summary>A GUID.</summary>
    public Guid Guid(int column)
    {
        var field = Field(column);
        return Utf8Parser.TryParse(field, out Guid value, out var read) && read == field.Length ? value : throw Bad(column, "a GUID");
    }

    /// <summary>An enum value by its name, whatever its case, or its number.</summary>
    public TEnum Enum<TEnum>(int column)
        where TEnum : struct, Enum
    {
        var field = Field(column);
        Span<char> name = stackalloc char[128];
        return field.Length <= name.Length && System.Enum.TryParse<TEnum>(name[..Encoding.UTF8.GetChars(field, name)], ignoreCase: true, out var value)
            ? value
            : throw Bad(column, $"one of {string.Join(", ", System.Enum.GetNames<TEnum>())}");
    }

    /// <summary>Any value that parses itself from UTF-8, by the invariant culture.</summary>
    public T Parse<T>(int column, string what)
        where T : IUtf8SpanParsable<T> =>
        T.TryParse(Field(column), CultureInfo.InvariantCulture, out var value) ? value : throw Bad(column, what);

    /// <summary>The error of a field that does not hold what it should.</summary>
    public FormatException Bad(int column, string wanted)
    {
        var field = Field(column);
        var found = field.IsEmpty ? "is empty" : $"holds '{Encoding.UTF8.GetString(field)}'";
        return new($"column '{_columns[column].Name}' {found}, which is not {wanted}");
    }
}
