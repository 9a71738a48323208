using Weir.PostgreSql.Columns;
using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Writing;

/// <summary>Writes records to a table, exactly once.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class CopySink<T> : ITransactionalSink<T>, IRunScoped
{
    private readonly PostgresServer _server;
    private readonly string _table;
    private readonly IReadOnlyList<ColumnWriter<T>> _columns;
    private readonly PostgresSinkOptions _options;

    public CopySink(PostgresServer server, string table, Action<PostgresColumns<T>> columns, PostgresSinkOptions? options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        ArgumentNullException.ThrowIfNull(columns);
        _server = server;
        _table = table;
        _columns = PostgresColumns<T>.Of(columns);
        _options = options ?? new PostgresSinkOptions();
        _options.Check();
    }

    public string Description => $"table {_table} of PostgreSQL at {_server.Address}";

    public ISinkWriter<T> Open(SinkContext context) => new CopySinkWriter<T>(_server, _table, _columns, _options, context);

    public ValueTask EndRunAsync(Exception? failure) => _server.EndRunAsync();
}
