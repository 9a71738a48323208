namespace Weir.Runtime.Files.Csv;

/// <summary>Which column each field of a file is: known once the header has been read.</summary>
/// <param name="columnOfField">What holds until then: columns in the order of the members.</param>
internal sealed class CsvColumnMap(int[] columnOfField)
{
    private CsvHeader? _header;

    public int[] ColumnOfField { get; private set; } = columnOfField;

    public CsvHeader? Header
    {
        get => _header;
        set
        {
            _header = value;
            ColumnOfField = value!.ColumnOfField;
        }
    }
}
