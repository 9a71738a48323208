using Weir.Databases;
using Weir.PostgreSql.Columns;
using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Upserting;

/// <summary>Writes records to a table by their key: written twice, they are there once.</summary>
/// <typeparam name="TIn">What comes.</typeparam>
/// <typeparam name="T">What rows are made of.</typeparam>
internal sealed class UpsertSink<TIn, T> : IIdempotentSink<TIn>, IRunScoped
{
    private readonly PostgresServer _server;
    private readonly string _table;
    private readonly IReadOnlyList<ColumnWriter<T>> _columns;
    private readonly Action<TIn, RowBuffer<T>> _add;
    private readonly bool _mayDelete;

    public UpsertSink(
        PostgresServer server, string table, Action<PostgresColumns<T>> columns, Action<TIn, RowBuffer<T>> add, bool mayDelete)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        ArgumentNullException.ThrowIfNull(columns);
        _server = server;
        _table = table;
        _columns = PostgresColumns<T>.Of(columns);
        if (!_columns.Any(static column => column.IsKey))
        {
            throw new ArgumentException(
                "An upsert finds rows by a key, and no column is said to be part of one: add some by .Key(name, record => …).",
                nameof(columns));
        }

        _add = add;
        _mayDelete = mayDelete;
    }

    public string Description => $"table {_table} of PostgreSQL at {_server.Address}";

    public ISinkWriter<TIn> Open(SinkContext context)
    {
        var target = $"table {_table} at {_server.Address}";
        return new UpsertWriter<TIn, T>(
            new UpsertDatabase<T>(_server, _table, _columns, _mayDelete, context, target), _server, _add, context, target);
    }

    public ValueTask EndRunAsync(Exception? failure) => _server.EndRunAsync();
}
