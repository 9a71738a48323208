using Weir.Databases.Values;
using Weir.MySqlServers.Server;

namespace Weir.MySqlServers.Writing;

/// <summary>Writes records to a table, exactly once.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class XaSink<T>(MySqlServer server, TableName table, IReadOnlyList<ValueColumn<T>> columns, MySqlSinkOptions options)
    : ITransactionalSink<T>, IRunScoped
{
    public string Description => $"table {table} of MariaDB or MySQL at {server.Address}";

    public ISinkWriter<T> Open(SinkContext context) => new XaSinkWriter<T>(server, table, columns, options, context);

    public ValueTask EndRunAsync(Exception? failure) => server.EndRunAsync();
}
