namespace Weir.Databases.Values;

/// <summary>The columns that a sink was told of.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class ColumnSet<T> : IColumnList<T>
{
    private readonly List<ValueColumn<T>> _columns = [];

    /// <summary>Gets them, in order.</summary>
    public IReadOnlyList<ValueColumn<T>> All => _columns;

    public IEnumerable<string> Names => _columns.Select(static column => column.Name);

    /// <summary>Adds one.</summary>
    /// <exception cref="ArgumentException">There is one of this name already.</exception>
    public void Add<TValue>(string name, Func<T, TValue> value, bool isKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (_columns.Exists(column => column.Name == name))
        {
            throw new ArgumentException($"The column '{name}' is written twice: a row has one value for it.", nameof(name));
        }

        _columns.Add(new ValueColumn<T, TValue>(name, value, isKey));
    }

    /// <summary>The columns, of which there is one at least.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public IReadOnlyList<ValueColumn<T>> NotEmpty() => _columns.Count > 0
        ? _columns
        : throw new ArgumentException("A sink of a database writes at least one column: add some by .Column(name, record => …).");

    /// <summary>The columns, of which some are the key.</summary>
    /// <exception cref="ArgumentException">None is.</exception>
    public IReadOnlyList<ValueColumn<T>> WithKey() => NotEmpty().Any(static column => column.IsKey)
        ? _columns
        : throw new ArgumentException(
            "An upsert finds rows by a key, and no column is said to be part of one: add some by .Key(name, record => …).");
}
