using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Weir.Runtime.Rows;

/// <summary>The fields of one row, found but not yet parsed. Fields are asked for by column of the format, not by position in the file.</summary>
public readonly ref struct CsvRow
{
    private readonly ReadOnlySpan<byte> _line;
    private readonly ReadOnlySpan<Range> _fields;
    private readonly IReadOnlyList<CsvColumn> _columns;

    /// <summary>Makes a row.</summary>
    /// <param name="line">The line as UTF-8, unquoted where fields were quoted.</param>
    /// <param name="fields">For each column of the format its part of the line; an empty part for a missing column.</param>
    /// <param name="columns">The columns, for messages.</param>
    public CsvRow(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, IReadOnlyList<CsvColumn> columns)
    {
        _line = line;
        _fields = fields;
        _columns = columns;
    }

    /// <summary>The text of a field.</summary>
    public ReadOnlySpan<byte> Field(int column) => _line[_fields[column]];

    /// <summary>Whether a field is empty: a missing value of a nullable member.</summary>
    public bool IsEmpty(int column) => Field(column).IsEmpty;

    /// <summary>A text.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Field(column));

    /// <summary>A whole number.</summary>
    public int Int32(int column) => Utf8Parser.TryParse(Field(column), out int value, out var read) && read == Field(column).Length ? value : throw Bad(column, "a whole number");

    /// <summary>A whole number.</summary>
    public long Int64(int column) => Utf8Parser.TryParse(Field(column), out long value, out var read) && read == Field(column).Length ? value : throw Bad(column, "a whole number");

    /// <summary>Any value that parses itself from UTF-8, by the invariant culture.</summary>
    public T Parse<T>(int column, string what)
        where T : IUtf8SpanParsable<T> =>
        T.TryParse(Field(column), CultureInfo.InvariantCulture, out var value) ? value : throw Bad(column, what);

    /// <summary>The error of a field that does not hold what it should.</summary>
    public FormatException Bad(int column, string wanted) =>
        new($"column '{_columns[column].Name}' holds '{Text(column)}', which is not {wanted}");
}
