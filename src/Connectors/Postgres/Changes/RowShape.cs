namespace Weir.PostgreSql.Changes;

/// <summary>The columns of a table, as of the changes that follow.</summary>
/// <param name="table">The table with its schema.</param>
/// <param name="columns">The columns in order, and whether each belongs to the replica identity.</param>
internal sealed class RowShape(string table, IReadOnlyList<(string Name, bool IsKey)> columns)
{
    private readonly string[] _names = [.. columns.Select(static column => column.Name)];

    public string Table => table;

    public IReadOnlyList<string> Columns => _names;

    /// <summary>The place of a column; −1 if there is none.</summary>
    public int Find(string column) => Array.IndexOf(_names, column);

    /// <summary>The values of the replica identity; all others as not sent.</summary>
    public string?[] KeyOf(string?[] row)
    {
        var key = new string?[row.Length];
        for (var i = 0; i < row.Length; i++)
        {
            key[i] = columns[i].IsKey ? row[i] : ChangedRow.Unsent;
        }

        return key;
    }
}
