using Npgsql;
using Weir.Databases;

namespace Weir.PostgreSql.Server;

/// <summary>Where a sink finds its database: a data source of the user's, or one of its own that lives as long as a run.</summary>
internal sealed class PostgresServer : DatabaseServer
{
    private readonly string? _connectionString;
    private readonly Lock _lock = new();
    private NpgsqlDataSource? _source;

    /// <summary>The data source is the user's: he disposes it.</summary>
    public PostgresServer(NpgsqlDataSource source)
        : base("PostgreSQL", AddressOf(new NpgsqlConnectionStringBuilder(source.ConnectionString))) => _source = source;

    /// <summary>The connections are the sink's own, by this string.</summary>
    public PostgresServer(string connectionString)
        : base("PostgreSQL", AddressOf(new NpgsqlConnectionStringBuilder(connectionString))) => _connectionString = connectionString;

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

    /// <summary>
    /// Gets how a connection for replication is made, whose values come as text: in ISO form, and of times in UTC. Not of a data source,
    /// which keeps the password to itself.
    /// </summary>
    public string ReplicationString
    {
        get
        {
            var settings = new NpgsqlConnectionStringBuilder(_connectionString);
            settings.Options =
                $"{settings.Options} -c DateStyle=ISO -c TimeZone=UTC -c bytea_output=hex -c extra_float_digits=1".TrimStart();
            return settings.ConnectionString;
        }
    }

    /// <summary>Runs something with a connection, and again while it fails for reasons that pass.</summary>
    /// <inheritdoc cref="DatabaseServer.RetryAsync"/>
    public ValueTask<TResult> TryAsync<TResult>(
        string doing, SinkContext context, Func<NpgsqlConnection, CancellationToken, ValueTask<TResult>> work,
        CancellationToken cancellation) => RetryAsync(
        doing,
        context,
        async cancel =>
        {
            var connection = await Source.OpenConnectionAsync(cancel).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await work(connection, cancel).ConfigureAwait(false);
            }
        },
        cancellation);

    public override bool IsTransient(Exception failure) => Failures.IsTransient(failure);

    public override bool IsRefusal(Exception failure) => Failures.IsRefusal(failure);

    public override bool IsDenied(Exception failure) => Failures.IsDenied(failure);

    public override string TextOf(Exception failure) => Failures.TextOf(failure);

    public override bool IsOfBrokenConnection(Exception failure) => failure is NpgsqlException or IOException or ObjectDisposedException;

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
