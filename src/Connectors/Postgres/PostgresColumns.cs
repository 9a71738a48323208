using NpgsqlTypes;
using Weir.Databases;
using Weir.PostgreSql.Columns;

namespace Weir;

/// <summary>The columns that a sink writes, and where their values come from.</summary>
/// <remarks>
/// A value is sent as the type that its column has in the table. Functions are called on the work pool, soon after a record was written:
/// they read the record and nothing else. What they make of null is NULL.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
public sealed class PostgresColumns<T> : IColumnList<T>
{
    private readonly List<ColumnWriter<T>> _columns = [];

    internal PostgresColumns()
    {
    }

    IEnumerable<string> IColumnList<T>.Names => _columns.Select(static column => column.Name);

    void IColumnList<T>.Add<TValue>(string name, Func<T, TValue> value, bool isKey) => Add(name, value, type: null, isKey);

    /// <summary>Adds a column.</summary>
    /// <typeparam name="TValue">Its values; a nullable type for a column that may be NULL.</typeparam>
    /// <param name="name">Its name, just as the table has it: not quoted, and in the right case.</param>
    /// <param name="value">Takes the value out of a record.</param>
    /// <param name="type">As which type it is sent; null, the default, for the type of the column.</param>
    /// <returns>These columns, for the next one.</returns>
    /// <exception cref="ArgumentException">There is a column of this name already.</exception>
    public PostgresColumns<T> Column<TValue>(string name, Func<T, TValue> value, NpgsqlDbType? type = null) =>
        Add(name, value, type, isKey: false);

    /// <summary>Adds a column that is part of the key by which <c>Postgres.Upsert</c> finds rows. Its values are never null.</summary>
    /// <typeparam name="TValue">Its values.</typeparam>
    /// <param name="name">Its name, just as the table has it.</param>
    /// <param name="value">Takes the value out of a record.</param>
    /// <param name="type">As which type it is sent; null, the default, for the type of the column.</param>
    /// <returns>These columns, for the next one.</returns>
    /// <exception cref="ArgumentException">There is a column of this name already.</exception>
    public PostgresColumns<T> Key<TValue>(string name, Func<T, TValue> value, NpgsqlDbType? type = null) =>
        Add(name, value, type, isKey: true);

    internal static IReadOnlyList<ColumnWriter<T>> Of(Action<PostgresColumns<T>> define)
    {
        var columns = new PostgresColumns<T>();
        define(columns);
        return columns._columns.Count > 0
            ? columns._columns
            : throw new ArgumentException("A sink of PostgreSQL writes at least one column: add some by .Column(name, record => …).");
    }

    private PostgresColumns<T> Add<TValue>(string name, Func<T, TValue> value, NpgsqlDbType? type, bool isKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (_columns.Exists(column => column.Name == name))
        {
            throw new ArgumentException($"The column '{name}' is written twice: a row has one value for it.", nameof(name));
        }

        _columns.Add(new ColumnWriter<T, TValue>(name, value, type, isKey));
        return this;
    }
}
