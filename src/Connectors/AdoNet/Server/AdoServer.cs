using System.Data.Common;
using System.Net.Sockets;
using Weir.Databases;

namespace Weir.Ado.Server;

/// <summary>Where a sink finds its database.</summary>
/// <param name="source">Where connections come from.</param>
/// <param name="options">What else passes.</param>
internal sealed class AdoServer(DbDataSource source, AdoNetSinkOptions options) : DatabaseServer("The database", AddressOf(source))
{
    // Connection failures, rollbacks for deadlocks and the like, a lack of resources, and a server that goes down.
    private static readonly string[] PassingClasses = ["08", "40", "53", "57"];

    // No such user or password, and no such database.
    private static readonly string[] DeniedClasses = ["28", "3D"];

    private static readonly string[] Places = ["Server", "Host", "Data Source", "Port", "Database", "Initial Catalog"];

    /// <summary>Runs something with a connection, and again while it fails for reasons that pass. That there is none passes.</summary>
    /// <inheritdoc cref="DatabaseServer.RetryAsync"/>
    public ValueTask<TResult> TryAsync<TResult>(
        string doing, SinkContext context, Func<DbConnection, CancellationToken, ValueTask<TResult>> work,
        CancellationToken cancellation) =>
        RetryAsync(
            doing,
            context,
            async cancel =>
            {
                DbConnection connection;
                try
                {
                    connection = await source.OpenConnectionAsync(cancel).ConfigureAwait(false);
                }
                catch (DbException failure) when (!IsDenied(failure))
                {
                    throw new IOException($"no connection: {failure.Message}", failure);
                }

                await using (connection.ConfigureAwait(false))
                {
                    return await work(connection, cancel).ConfigureAwait(false);
                }
            },
            cancellation);

    public override bool IsTransient(Exception failure) => failure switch
    {
        DbException refused => refused.IsTransient
            || (refused.SqlState is { Length: 5 } state && PassingClasses.Contains(state[..2]))
            || options.IsTransient?.Invoke(refused) == true
            || (refused.InnerException is { } cause && IsTransient(cause)),
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    public override bool IsRefusal(Exception failure) => failure is DbException && !IsTransient(failure);

    public override bool IsDenied(Exception failure) =>
        failure is DbException { SqlState: { Length: 5 } state } && DeniedClasses.Contains(state[..2]);

    public override string TextOf(Exception failure)
    {
        var text = failure.Message.Trim().TrimEnd('.');
        return failure is DbException { SqlState: { Length: > 0 } state } ? $"{text} (SQLSTATE {state})." : $"{text}.";
    }

    public override bool IsOfBrokenConnection(Exception failure) =>
        failure is DbException or IOException or ObjectDisposedException or InvalidOperationException;

    // Each provider calls it otherwise; none of these is a password.
    private static string AddressOf(DbDataSource source)
    {
        var settings = new DbConnectionStringBuilder { ConnectionString = source.ConnectionString };
        var parts = Places.Select(key => settings.TryGetValue(key, out var value) ? value?.ToString() : null)
            .Where(static value => !string.IsNullOrEmpty(value))
            .ToList();
        return parts.Count > 0 ? string.Join(", ", parts) : "the data source";
    }
}
