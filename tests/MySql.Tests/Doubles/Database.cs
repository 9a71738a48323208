using System.Diagnostics;
using System.Globalization;
using MySqlConnector;
using Weir.MySqlServers.Transactions;

namespace Weir.MySqlServers.Tests.Doubles;

/// <summary>The server that <c>tests/with-mariadb.sh</c> starts. Each test makes a table of its own.</summary>
public sealed class Database
{
    private const string Variable = "WEIR_MARIADB";
    private const string Control = "WEIR_MARIADB_CONTROL";
    private static int _tables;

    /// <summary>Gets how to connect. The test that asks is skipped, visibly, if there is no server.</summary>
    public string ConnectionString
    {
        get
        {
            var text = Environment.GetEnvironmentVariable(Variable);
            Assert.SkipWhen(
                string.IsNullOrEmpty(text),
                $"no MariaDB: {Variable} is not set. Run it by tests/with-mariadb.sh, with Debian's package mariadb-server installed.");
            return text!;
        }
    }

    /// <summary>Makes a table; its name.</summary>
    public async Task<string> TableAsync(string columns)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _tables)}");
        await ExecuteAsync($"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} ({columns})");
        return name;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The only value of a query.</summary>
    public async Task<T> ScalarAsync<T>(string sql) => (await ListAsync<T>(sql)).Single();

    /// <summary>The first column of a query.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var list = new List<T>();
        while (await reader.ReadAsync())
        {
            list.Add(reader.GetFieldValue<T>(0));
        }

        return list;
    }

    /// <summary>The transactions that a job has prepared and not ended.</summary>
    internal async Task<IReadOnlyList<XaName>> PreparedAsync(string job)
    {
        await using var connection = await OpenAsync();
        return [.. (await XaSessions.PreparedAsync(connection, CancellationToken.None)).Where(name => name.Job == job)];
    }

    /// <summary>Stops, starts or restarts the server.</summary>
    public async Task ControlAsync(params string[] arguments)
    {
        _ = ConnectionString;
        var program = Environment.GetEnvironmentVariable(Control);
        Assert.SkipWhen(string.IsNullOrEmpty(program), $"{Control} is not set: run it by tests/with-mariadb.sh.");
        using var process = Process.Start(new ProcessStartInfo(program!, arguments))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        await MySqlConnection.ClearAllPoolsAsync();
    }

    private async Task<MySqlConnection> OpenAsync()
    {
        var connection = new MySqlConnection($"{ConnectionString};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
