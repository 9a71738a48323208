using Npgsql;

namespace Weir.PostgreSql.Server;

/// <summary>Where a sink finds its database: a data source of the user's, or one of its own that lives as long as a run.</summary>
internal sealed class PostgresServer
{
    private readonly string? _connectionString;
    private readonly Lock _lock = new();
    private NpgsqlDataSource? _source;

    /// <summary>The data source is the user's: he disposes it.</summary>
    public PostgresServer(NpgsqlDataSource source)
    {
        _source = source;
        Address = AddressOf(new NpgsqlConnectionStringBuilder(source.ConnectionString));
    }

    /// <summary>The connections are the sink's own, by this string.</summary>
    public PostgresServer(string connectionString)
    {
        _connectionString = connectionString;
        Address = AddressOf(new NpgsqlConnectionStringBuilder(connectionString));
    }

    /// <summary>Gets where it is, for messages: host, port and database, and no password.</summary>
    public string Address { get; }

    /// <summary>Gets what connections come from.</summary>
    public NpgsqlDataSource Source
    {
        get
        {
            lock (_lock)
            {
                return _source ??= NpgsqlDataSource.Create(_connectionString!);
            }
        }
    }

    /// <summary>Runs something, and again while it fails for reasons that pass.</summary>
    /// <param name="doing">What, for messages: <c>committing …</c>.</param>
    /// <param name="context">The clock, the limit, and who is told.</param>
    /// <param name="work">What to run.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="IOException">It failed for so long that there is no time left.</exception>
    public async ValueTask<TResult> TryAsync<TResult>(
        string doing, SinkContext context, Func<NpgsqlConnection, CancellationToken, ValueTask<TResult>> work,
        CancellationToken cancellation)
    {
        var retry = new Retry(context.Time, context.CallTimeout);
        while (true)
        {
            try
            {
                var connection = await Source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    return await work(connection, cancellation).ConfigureAwait(false);
                }
            }
            catch (Exception failure) when (Failures.IsTransient(failure) && !cancellation.IsCancellationRequested)
            {
                await WaitAsync(retry, doing, failure, context, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits before another try, or says why there is none. The user hears of the first.</summary>
    public async ValueTask WaitAsync(
        Retry retry, string doing, Exception failure, SinkContext context, CancellationToken cancellation)
    {
        if (retry.Waits == 0)
        {
            context.Warn($"{doing} failed, and is tried again: PostgreSQL at {Address} said: {Failures.TextOf(failure)}");
        }

        if (!await retry.WaitAsync(cancellation).ConfigureAwait(false))
        {
            throw new IOException(
                $"{doing} failed, and went on failing for as long as one call may take (JobOptions.CallTimeout). "
                    + $"PostgreSQL at {Address} said last: {Failures.TextOf(failure)}",
                failure);
        }
    }

    /// <summary>The run has ended: what is the sink's own is disposed. The next run makes another.</summary>
    public async ValueTask EndRunAsync()
    {
        NpgsqlDataSource? own = null;
        lock (_lock)
        {
            if (_connectionString is not null)
            {
                (own, _source) = (_source, null);
            }
        }

        if (own is not null)
        {
            await own.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string AddressOf(NpgsqlConnectionStringBuilder settings) => settings.Multiplexing
        ? throw new ArgumentException(
            "The connection string asks for multiplexing, which shares connections between commands. A sink keeps a transaction on one "
                + "connection: take 'Multiplexing=true' out.")
        : $"{settings.Host ?? "localhost"}:{settings.Port}, database '{settings.Database ?? settings.Username}'";
}
