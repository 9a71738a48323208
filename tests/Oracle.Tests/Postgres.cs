using Npgsql;

namespace Weir.Oracle.Tests;

/// <summary>A PostgreSQL server that holds the flights: the engine that we compare with. Nobody of us wrote it.</summary>
/// <remarks>
/// <c>tests/with-postgres.sh</c> starts one and says where it is by <c>WEIR_POSTGRES</c>. The flights lie in a temporary table of one
/// connection, read from the CSV file by the server itself, so that no code of ours stands between the file and the queries.
/// </remarks>
public sealed class Postgres : IAsyncLifetime
{
    private const string Variable = "WEIR_POSTGRES";

    // `arrival` is the number of the line. Microseconds are what event times are counted in.
    private const string Tables = """
        CREATE TEMPORARY TABLE flights (
            arrival bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            departure timestamp NOT NULL,
            delay int NOT NULL,
            distance int NOT NULL,
            origin text NOT NULL,
            destination text NOT NULL);
        CREATE INDEX ON flights (departure);
        SET TIME ZONE 'UTC';
        """;

    // A connection answers one query at a time, and only this one sees the temporary table.
    private readonly SemaphoreSlim _turn = new(1);
    private NpgsqlConnection? _connection;

    /// <summary>Gets why there is nothing to compare with; null if there is a server.</summary>
    private static string? Missing => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable))
        ? $"no PostgreSQL: {Variable} is not set. Run it by tests/with-postgres.sh, with Debian's package postgresql installed."
        : null;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _connection = new NpgsqlConnection(Environment.GetEnvironmentVariable(Variable));
        await _connection.OpenAsync();
        await ExecuteAsync(Tables);
        await using (var copy = await _connection.BeginTextImportAsync(
            "COPY flights (departure, delay, distance, origin, destination) FROM STDIN WITH (FORMAT csv, HEADER)"))
        {
            await copy.WriteAsync(await File.ReadAllTextAsync(FlightData.Path));
        }

        await ExecuteAsync("ANALYZE flights");
    }

    /// <summary>The rows of a query. The test that asks is skipped, visibly, if there is no server.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql, CancellationToken cancellation)
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        await _turn.WaitAsync(cancellation);
        try
        {
            await using var command = new NpgsqlCommand(sql, _connection);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<string>();
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add(Rows.Text(Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
            }

            return rows;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync();
    }
}
