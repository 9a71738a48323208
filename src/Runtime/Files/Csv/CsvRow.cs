using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Unicode;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Csv;

/// <summary>
/// The fields of one row, found but not yet parsed. Fields are asked for by column of the format, not by position in the file.
/// </summary>
/// <remarks>Which texts each type accepts: docs/files.md. JSON lines accept the same.</remarks>
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
    public string Text(int column)
    {
        var field = Field(column);
        if (_texts is not null)
        {
            return _texts.Get(field) ?? throw Bad(column, "UTF-8");
        }

        return Utf8.IsValid(field) ? Encoding.UTF8.GetString(field) : throw Bad(column, "UTF-8");
    }

    /// <summary>A text that may be missing: an empty field is null, one that holds nothing between quotes is an empty text.</summary>
    public string? TextOrNull(int column)
    {
        var (start, end) = (_fields[column].Start.Value, _fields[column].End.Value);
        return start < end ? Text(column) : start > 0 && _line[start - 1] == FieldScan.Quote ? "" : null;
    }

    /// <summary>One character.</summary>
    public char Char(int column)
    {
        Span<char> found = stackalloc char[4];
        var field = Field(column);
        return field.Length is > 0 and < 4 && Utf8.IsValid(field) && Encoding.UTF8.GetChars(field, found) == 1
            ? found[0]
            : throw Bad(column, "one character");
    }

    /// <summary>A whole number.</summary>
    public int Int32(int column)
    {
        var field = Field(column);
        return WholeNumber.TryParseShort(field, out var value) || NumberText.TryParse(field, out value)
            ? value
            : throw BadInteger<int>(column);
    }

    /// <summary>A whole number.</summary>
    public long Int64(int column)
    {
        var field = Field(column);
        if (WholeNumber.TryParseShort(field, out var small))
        {
            return small;
        }

        return NumberText.TryParse(field, out long value) ? value : throw BadInteger<long>(column);
    }

    /// <summary>Any other whole number.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public T Integer<T>(int column)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
            NumberText.TryParse(Field(column), out T value) ? value : throw BadInteger<T>(column);

    /// <summary>A number with a decimal point; also <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.</summary>
    public double Double(int column) => NumberText.TryParse(Field(column), out double value) ? value : throw Bad(column, "a number");

    /// <summary>A number with a decimal point; also <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.</summary>
    public float Single(int column) => NumberText.TryParse(Field(column), out float value) ? value : throw Bad(column, "a number");

    /// <summary>A number with a decimal point, exact: one with more digits than it can hold is malformed.</summary>
    public decimal Decimal(int column) =>
        NumberText.TryParse(Field(column), out decimal value) ? value : throw Bad(column, "a decimal number of up to 28 digits");

    /// <summary>A truth value: <c>true</c>, <c>false</c>, whatever their case, <c>1</c> or <c>0</c>.</summary>
    public bool Boolean(int column)
    {
        var field = Field(column);
        return field switch
        {
            [(byte)'1'] => true,
            [(byte)'0'] => false,
            _ => Utf8Parser.TryParse(field, out bool value, out var read) && read == field.Length
                ? value
                : throw Bad(column, "a truth value"),
        };
    }

    /// <summary>
    /// An instant in ISO 8601: with a zone it becomes UTC, without one it stays unspecified, so that no machine's zone matters.
    /// </summary>
    public DateTime DateTime(int column) =>
        IsoTime.TryParse(Field(column), out DateTime value) ? value : throw Bad(column, Wanted.DateTime);

    /// <summary>An instant as a number since the Unix epoch.</summary>
    public DateTime DateTime(int column, EpochUnit unit) =>
        EpochTime.TryParse(Field(column), unit, out var value) ? value : throw Bad(column, Wanted.Epoch(unit));

    /// <summary>An instant with its offset in ISO 8601; without a zone it counts as UTC.</summary>
    public DateTimeOffset DateTimeOffset(int column) =>
        IsoTime.TryParse(Field(column), out DateTimeOffset value) ? value : throw Bad(column, Wanted.DateTimeOffset);

    /// <summary>An instant as a number since the Unix epoch.</summary>
    public DateTimeOffset DateTimeOffset(int column, EpochUnit unit) => new(DateTime(column, unit));

    /// <summary>A date in ISO 8601.</summary>
    public DateOnly DateOnly(int column) =>
        IsoTime.TryParse(Field(column), out DateOnly value) ? value : throw Bad(column, Wanted.DateOnly);

    /// <summary>A time of day in ISO 8601.</summary>
    public TimeOnly TimeOnly(int column) =>
        IsoTime.TryParse(Field(column), out TimeOnly value) ? value : throw Bad(column, Wanted.TimeOnly);

    /// <summary>A duration as <c>[-][d.]hh:mm[:ss[.fffffff]]</c>; without days the hours may be any number.</summary>
    public TimeSpan TimeSpan(int column) =>
        DurationText.TryParse(Field(column), out var value) ? value : throw Bad(column, Wanted.TimeSpan);

    /// <summary>A GUID.</summary>
    public Guid Guid(int column)
    {
        var field = Field(column);
        return Utf8Parser.TryParse(field, out Guid value, out var read) && read == field.Length ? value : throw Bad(column, "a GUID");
    }

    /// <summary>
    /// An enum value by its name, whatever its case, or its number. Only values that have a name, and sums of them if they are flags.
    /// </summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    public TEnum Enum<TEnum>(int column)
        where TEnum : struct, Enum =>
            EnumText<TEnum>.TryParse(Field(column), out var value) ? value : throw Bad(column, $"one of {EnumText<TEnum>.Known}");

    /// <summary>Any value that parses itself from UTF-8, by the invariant culture.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public T Parse<T>(int column, string what)
        where T : IUtf8SpanParsable<T> =>
        T.TryParse(Field(column), CultureInfo.InvariantCulture, out var value) ? value : throw Bad(column, what);

    /// <summary>The error of a field that does not hold what it should.</summary>
    public FormatException Bad(int column, string wanted)
    {
        var field = Field(column);
        var found = field.IsEmpty ? "is empty" : $"holds '{Excerpt.Of(field)}'";
        var hasBlanks = field is [(byte)' ' or (byte)'\t', ..] or [.., (byte)' ' or (byte)'\t'];
        var hint = hasBlanks ? "; blanks around it belong to it unless TrimBlanks is set" : "";
        return new($"column '{Excerpt.Of(_columns[column].Name)}' {found}, which is not {wanted}{hint}");
    }

    private FormatException BadInteger<T>(int column)
        where T : IMinMaxValue<T> => Bad(column, Wanted.Integer<T>());
}
