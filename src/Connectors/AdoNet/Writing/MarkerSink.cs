using Weir.Ado.Server;
using Weir.Databases.Values;

namespace Weir.Ado.Writing;

/// <summary>Writes records to a table, exactly once, by plain transactions and markers.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class MarkerSink<T>(AdoServer server, string table, IReadOnlyList<ValueColumn<T>> columns, AdoNetSinkOptions options)
    : ITransactionalSink<T>
{
    public string Description => $"table {table} of {server.Address}";

    public ISinkWriter<T> Open(SinkContext context) => new MarkerSinkWriter<T>(server, table, columns, options, context);
}
