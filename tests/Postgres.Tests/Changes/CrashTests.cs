using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Changes;

/// <summary>A process that follows the changes of a table and is killed, and totals that show nothing of it.</summary>
public sealed class CrashTests(Database database, ITestOutputHelper output)
{
    private const int Writers = 3;
    /// <summary>How much of this is done: 1 by default; a longer run sets the variable.</summary>
    private static readonly int Times =
        int.TryParse(Environment.GetEnvironmentVariable("WEIR_CRASH_TIMES"), CultureInfo.InvariantCulture, out var times) ? times : 1;

    // Each is a process more.
    private static readonly int Kills = Times > 1 ? 3 : 1;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Times)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Killed_at_any_moment_the_totals_are_those_of_the_table(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var table = await ChangedTable.MakeAsync(
            database, "id bigint PRIMARY KEY, owner text NOT NULL, amount bigint NOT NULL", isFull: true);
        await database.ExecuteAsync(
            $"""
            DROP TABLE IF EXISTS {table.Name}_totals;
            CREATE TABLE {table.Name}_totals (owner text PRIMARY KEY, amount bigint, accounts bigint, changes bigint)
            """);
        var directory = Directory.CreateTempSubdirectory("weir-victim-").FullName;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(table, seed, writer, end.Token)));
        var kills = 0;
        try
        {
            for (var attempt = 0; attempt < Kills; attempt++)
            {
                var delay = TimeSpan.FromMilliseconds(100 + random.Next(500));
                kills += await RunAsync(table, directory, 1 + random.Next(3), 3000, delay) ? 0 : 1;
            }

            await end.CancelAsync();
            var changes = (await writing).Sum();
            var confirmed = await table.ConfirmedAsync();
            Assert.True(await RunAsync(table, directory, 2, 0, null));
            Assert.Equal(
                await database.ListAsync<string>(
                    $"SELECT owner || ' ' || sum(amount) || ' ' || count(*) FROM {table.Name} GROUP BY owner ORDER BY owner"),
                await database.ListAsync<string>(
                    $"SELECT owner || ' ' || amount || ' ' || accounts FROM {table.Name}_totals WHERE accounts > 0 ORDER BY owner"));
            Assert.Equal(changes, await database.ScalarAsync<long>($"SELECT sum(changes)::bigint FROM {table.Name}_totals"));
            Assert.Equal(Kills, kills);
            output.WriteLine($"{kills} kills, {changes} changes, slot confirmed up to {confirmed} before the last run: equal");
        }
        finally
        {
            await end.CancelAsync();
            await writing;
            Directory.Delete(directory, recursive: true);
        }
    }

    // Transactions of up to 80 changes that overlap with those of other sessions.
    private async Task<long> WriteAsync(ChangedTable table, int seed, int writer, CancellationToken cancellation)
    {
        var random = new Random(HashCode(seed, writer));
        var changes = 0L;
        var next = writer;
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        while (!cancellation.IsCancellationRequested)
        {
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            for (var statement = random.Next(1, 5); statement > 0; statement--)
            {
                var (mine, count) = ($"id % {Writers} = {writer}", random.Next(1, 20));
                var sql = random.Next(4) switch
                {
                    0 => $"DELETE FROM {table.Name} WHERE {mine} AND id % 7 = {random.Next(7)} AND id < {next - (40 * Writers)}",
                    1 => $"UPDATE {table.Name} SET amount = amount + {random.Next(100)} WHERE {mine} AND id > {next - (count * Writers)}",
                    _ => $"INSERT INTO {table.Name} SELECT {next} + g * {Writers}, 'owner ' || g % 10, g "
                        + $"FROM generate_series(0, {count - 1}) g",
                };
                next += sql.StartsWith("INSERT", StringComparison.Ordinal) ? count * Writers : 0;
                await using var command = new NpgsqlCommand(sql, connection, transaction);
                changes += await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            await transaction.CommitAsync(TestContext.Current.CancellationToken);
            await using var pause = new NpgsqlCommand("SELECT pg_sleep(0.05)", connection);
            await pause.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        return changes;
    }

    private static int HashCode(int seed, int writer) => (seed * 31) + writer;

    private async Task<bool> RunAsync(ChangedTable table, string directory, int parallelism, int rate, TimeSpan? killAfter)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Weir.Victim.dll"), "postgres-changes", database.ConnectionString, table.Name,
            directory, .. new[] { parallelism, rate, 30 }.Select(static number => number.ToString(CultureInfo.InvariantCulture)),
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        if (killAfter is { } delay)
        {
            // From the first sign of life on.
            await process.StandardOutput.ReadLineAsync();
            await Task.WhenAny(Task.Delay(delay), process.WaitForExitAsync());
            process.Kill();
        }

        var lines = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode is 0 or 137, $"exit code {process.ExitCode}: {await errors}{Environment.NewLine}{lines}");
        return process.ExitCode == 0;
    }
}
