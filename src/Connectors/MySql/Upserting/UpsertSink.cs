using Weir.Databases;
using Weir.Databases.Values;
using Weir.MySqlServers.Server;

namespace Weir.MySqlServers.Upserting;

/// <summary>Writes records to a table by their key: written twice, they are there once.</summary>
/// <typeparam name="TIn">What comes.</typeparam>
/// <typeparam name="T">What rows are made of.</typeparam>
internal sealed class UpsertSink<TIn, T>(
    MySqlServer server, TableName table, IReadOnlyList<ValueColumn<T>> columns, Action<TIn, RowBuffer<T>> add, bool mayDelete)
    : IIdempotentSink<TIn>, IRunScoped
{
    public string Description => $"table {table} of MariaDB or MySQL at {server.Address}";

    public ISinkWriter<TIn> Open(SinkContext context)
    {
        var target = $"table {table} at {server.Address}";
        return new UpsertWriter<TIn, T>(
            new UpsertDatabase<T>(server, table, columns, mayDelete, context, target), server, add, context, target);
    }

    public ValueTask EndRunAsync(Exception? failure) => server.EndRunAsync();
}
