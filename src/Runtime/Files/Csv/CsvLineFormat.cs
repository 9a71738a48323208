using System.Text;
using Weir.Runtime.Files.Reading;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Csv;

/// <summary>Makes records of CSV lines.</summary>
/// <typeparam name="T">The records.</typeparam>
internal readonly struct CsvLineFormat<T>(CsvFormat<T> format, CsvOptions options) : ILineFormat<T>
{
    private readonly CsvFieldFinder _finder = new((byte)options.Delimiter, options.MultilineFields, options.TrimBlanks);
    private readonly TextPool _texts = new();
    private readonly IReadOnlyList<CsvColumn> _columns = format.Columns;
    private readonly Range[] _found = new Range[format.Columns.Count];
    private readonly CsvColumnMap _map = new([.. Enumerable.Range(0, format.Columns.Count)]);

    public bool HasHeader => options.HasHeader;

    // Of a single value that may be missing, an empty line is one that is.
    public bool ReadsEmptyLines => _columns is [{ IsRequired: false }] && _map.ColumnOfField.Length == 1;

    public FieldScan? Fields => options.MultilineFields ? new FieldScan((byte)options.Delimiter, options.TrimBlanks) : null;

    public int MostFields => _map.ColumnOfField.Length;

    /// <summary>What the header said; null before it has been read, or if there is none.</summary>
    public CsvHeader? Header => _map.Header;

    public void ReadHeader(Span<byte> line)
    {
        if (line.StartsWith("{\""u8) || line.StartsWith("[{"u8))
        {
            throw new FormatException("it is JSON: read files of one JSON object a line by JsonLines.Read.");
        }

        var names = new List<string>();
        foreach (var field in _finder.Find(line))
        {
            names.Add(Encoding.UTF8.GetString(line[field]));
        }

        _map.Header = CsvHeader.Match(names, _columns);
    }

    public T ReadRecord(Span<byte> line)
    {
        _finder.FindColumns(line, _map.ColumnOfField, _found);
        var row = new CsvRow(line, _found, _columns, _texts);
        return format.Read(ref row);
    }
}
