using System.Text;
using Weir.Runtime.Files.Reading;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.Csv;

/// <summary>Makes records of CSV lines.</summary>
/// <typeparam name="T">The records.</typeparam>
internal readonly struct CsvLineFormat<T>(CsvFormat<T> format, CsvOptions options) : ILineFormat<T>
{
    private readonly CsvFieldFinder _finder = new((byte)options.Delimiter);
    private readonly TextPool _texts = new();
    private readonly IReadOnlyList<CsvColumn> _columns = format.Columns;
    private readonly Range[] _found = new Range[format.Columns.Count];
    private readonly CsvColumnMap _map = new([.. Enumerable.Range(0, format.Columns.Count)]);

    public bool HasHeader => options.HasHeader;

    public bool JoinsQuoted => options.MultilineFields;

    public void ReadHeader(Span<byte> line)
    {
        var names = new List<string>();
        var fields = new Range[line.Length + 1];
        var count = _finder.Find(line, fields);
        for (var field = 0; field < Math.Min(count, fields.Length); field++)
        {
            names.Add(Encoding.UTF8.GetString(line[fields[field]]));
        }

        _map.ColumnOfField = CsvHeader.Map(names, _columns);
    }

    public T ReadRecord(Span<byte> line)
    {
        _finder.FindColumns(line, _map.ColumnOfField, _found);
        var row = new CsvRow(line, _found, _columns, _texts);
        return format.Read(ref row);
    }
}
