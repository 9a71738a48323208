using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Weir.PostgreSql.Tests.Doubles;

/// <summary>The server that <c>tests/with-postgres.sh</c> starts. Each test makes a table of its own.</summary>
public sealed class Database : IAsyncDisposable
{
    private const string Variable = "WEIR_POSTGRES";
    private const string Control = "WEIR_POSTGRES_CONTROL";
    private static int _tables;
    private NpgsqlDataSource? _source;

    /// <summary>Gets how to connect. The test that asks is skipped, visibly, if there is no server.</summary>
    public string ConnectionString
    {
        get
        {
            var text = Environment.GetEnvironmentVariable(Variable);
            Assert.SkipWhen(
                string.IsNullOrEmpty(text),
                $"no PostgreSQL: {Variable} is not set. Run it by tests/with-postgres.sh, with Debian's package postgresql installed.");
            return text!;
        }
    }

    public NpgsqlDataSource Source => _source ??= NpgsqlDataSource.Create(ConnectionString);

    /// <summary>Makes a table; its name.</summary>
    public async Task<string> TableAsync(string columns)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _tables)}");
        await ExecuteAsync($"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} ({columns})");
        return name;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The only value of a query.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The first column of a query.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var list = new List<T>();
        while (await reader.ReadAsync())
        {
            list.Add(reader.GetFieldValue<T>(0));
        }

        return list;
    }

    /// <summary>The names of the transactions that a job has prepared and not ended.</summary>
    public Task<IReadOnlyList<string>> PreparedAsync(string job) =>
        ListAsync<string>($"SELECT gid FROM pg_prepared_xacts WHERE starts_with(gid, 'weir/{job}/') ORDER BY gid");

    /// <summary>Stops, starts or restarts the server.</summary>
    public async Task ControlAsync(params string[] arguments)
    {
        _ = ConnectionString;
        var program = Environment.GetEnvironmentVariable(Control);
        Assert.SkipWhen(string.IsNullOrEmpty(program), $"{Control} is not set: run it by tests/with-postgres.sh.");
        using var process = Process.Start(new ProcessStartInfo(program!, arguments))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        if (_source is { } source)
        {
            source.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }
    }
}
