using System.Globalization;
using MySqlConnector;
using Weir.Databases;

namespace Weir.MySqlServers.Server;

/// <summary>Where a sink finds its database.</summary>
internal sealed class MySqlServer : DatabaseServer
{
    // What was written is what is there, on every server: nothing is cut, and times are in UTC.
    private const string Strict =
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO', time_zone = '+00:00'";

    private readonly string _pooled;
    private readonly string _own;

    /// <summary>Connections are made by this string.</summary>
    public MySqlServer(string connectionString)
        : base("MariaDB or MySQL", AddressOf(connectionString, out var settings))
    {
        Database = settings.Database;
        settings.Pooling = true;
        _pooled = settings.ConnectionString;
        settings.Pooling = false;
        _own = settings.ConnectionString;
    }

    /// <summary>Gets the database of the connections.</summary>
    public string Database { get; }

    /// <summary>A connection that ends when it is closed: one that a transaction was prepared in must not stay in a pool.</summary>
    public ValueTask<MySqlConnection> OpenOwnAsync(CancellationToken cancellation) => OpenAsync(_own, cancellation);

    /// <summary>Runs something with a connection, and again while it fails for reasons that pass.</summary>
    /// <inheritdoc cref="DatabaseServer.RetryAsync"/>
    public ValueTask<TResult> TryAsync<TResult>(
        string doing, SinkContext context, Func<MySqlConnection, CancellationToken, ValueTask<TResult>> work,
        CancellationToken cancellation) => RetryAsync(
        doing,
        context,
        async cancel =>
        {
            var connection = await OpenAsync(_pooled, cancel).ConfigureAwait(false);
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

    public override bool IsOfBrokenConnection(Exception failure) => failure is MySqlException or IOException or ObjectDisposedException;

    /// <summary>The run has ended: no connection stays open.</summary>
    public async ValueTask EndRunAsync()
    {
        var connection = new MySqlConnection(_pooled);
        await using (connection.ConfigureAwait(false))
        {
            await MySqlConnection.ClearPoolAsync(connection).ConfigureAwait(false);
        }
    }

    private static async ValueTask<MySqlConnection> OpenAsync(string settings, CancellationToken cancellation)
    {
        var connection = new MySqlConnection(settings);
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            await connection.ExecuteAsync(Strict, cancellation).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static string AddressOf(string connectionString, out MySqlConnectionStringBuilder settings)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        settings = new MySqlConnectionStringBuilder(connectionString);
        return settings.Database.Length == 0
            ? throw new ArgumentException("The connection string names no database: add 'Database=…'.", nameof(connectionString))
            : string.Create(CultureInfo.InvariantCulture, $"{settings.Server}:{settings.Port}, database '{settings.Database}'");
    }
}
