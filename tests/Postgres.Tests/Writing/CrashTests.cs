using System.Diagnostics;
using System.Globalization;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Writing;

/// <summary>A process that is killed, again and again, and a table that shows nothing of it.</summary>
public sealed class CrashTests(Database database, ITestOutputHelper output)
{
    private const int Rows = 40_000;

    // A second's worth of the whole, so that no attempt gets far.
    private const int Rate = 4_000;
    private const string Digest =
        "count(*) || ' rows, ' || count(DISTINCT id) || ' ids, ' || "
        + "md5(string_agg(concat_ws(',', id, name, trim_scale(amount), at), ';' ORDER BY id))";

    public static TheoryData<string> Points =>
    [
        "after-drain", "before-prepare", "after-prepare", "before-commit", "after-commit", "before-recovery", "after-recovery",
        "before-clean-up", "after-clean-up",
    ];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Killed_at_a_point_the_table_is_that_of_an_undisturbed_run(string point)
    {
        var kills = 0;
        var (table, directory) = await BeginAsync();
        try
        {
            // Parallelism changes between the attempts: transactions of three subtasks are found by one, and of one by two.
            int[] parallelisms = [1, 3, 2, 1, 3];
            for (var attempt = 0; attempt < parallelisms.Length; attempt++)
            {
                var fatal = FatalOf(point, attempt);
                var isDrain = point == "after-drain";
                kills += await RunAsync(
                    table, directory, parallelisms[attempt], isDrain ? 8 * Rate : Rate, isDrain ? 300 : 30, fatal) ? 0 : 1;
            }

            Assert.True(kills >= 4, $"only {kills} kills: the point '{point}' was not reached often enough");
            Assert.True(await RunAsync(table, directory, 2, rate: 0, interval: 30, fatal: null));
            await AssertWholeAsync(table);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        output.WriteLine($"{point}: {kills} kills");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Killed_at_any_moment_the_table_is_that_of_an_undisturbed_run(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var kills = 0;
        var (table, directory) = await BeginAsync();
        try
        {
            for (var attempt = 0; attempt < 8; attempt++)
            {
                // Measured from the first sign of life, so that few kills fall into the start of the runtime.
                var delay = TimeSpan.FromMilliseconds(random.Next(400));
                kills += await RunAsync(table, directory, random.Next(1, 4), Rate, interval: 30, fatal: null, delay) ? 0 : 1;
            }

            Assert.True(await RunAsync(table, directory, random.Next(1, 4), rate: 0, interval: 30, fatal: null));
            await AssertWholeAsync(table);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        Assert.True(kills >= 4, $"only {kills} kills");
        output.WriteLine($"{kills} kills");
    }

    // What is to be recovered or cleaned up has to be left behind first: decided and not committed, or prepared and not decided.
    private static string FatalOf(string point, int attempt) => (point.Split('-', 2)[1], attempt % 2) switch
    {
        ("recovery", 0) => "before-commit:1",
        ("clean-up", 0) => "after-prepare:1",
        ("recovery" or "clean-up", _) => $"{point}:1",
        var (_, odd) => $"{point}:{1 + odd}",
    };

    private async Task<(string Table, string Directory)> BeginAsync()
    {
        var table = await database.TableAsync("id bigint NOT NULL, name text NOT NULL, amount numeric NOT NULL, at timestamptz NOT NULL");
        return (table, Directory.CreateTempSubdirectory("weir-victim-").FullName);
    }

    private async Task AssertWholeAsync(string table)
    {
        var undisturbed =
            $"SELECT id, 'name ' || id AS name, id / 4.0 AS amount, to_timestamp(id) AS at FROM generate_series(0, {Rows - 1}) id";
        var expected = await database.ScalarAsync<string>($"SELECT {Digest} FROM ({undisturbed}) t");
        var actual = await database.ScalarAsync<string>($"SELECT {Digest} FROM {table} t");
        Assert.Equal(expected, actual);
        Assert.StartsWith($"{Rows} rows, {Rows} ids", actual, StringComparison.Ordinal);
        Assert.Empty(await database.ListAsync<string>(
            $"SELECT gid FROM pg_prepared_xacts WHERE starts_with(gid, 'weir/victim/rows-{table}/')"));
    }

    /// <summary>Runs the victim until it ends or is killed. Whether it ended.</summary>
    private async Task<bool> RunAsync(
        string table, string directory, int parallelism, int rate, int interval, string? fatal, TimeSpan? killAfter = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Weir.Postgres.Victim.dll");
        string[] arguments =
        [
            program, database.ConnectionString, table, directory,
            .. new[] { parallelism, Rows, rate, interval }.Select(number => number.ToString(CultureInfo.InvariantCulture)),
            .. fatal is null ? Array.Empty<string>() : [fatal],
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var alive = new TaskCompletionSource();
        var lines = new List<string>();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                lock (lines)
                {
                    lines.Add(text);
                }

                alive.TrySetResult();
            }
        };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();
        if (killAfter is { } delay)
        {
            await Task.WhenAny(alive.Task, process.WaitForExitAsync());
            await Task.WhenAny(Task.Delay(delay), process.WaitForExitAsync());
            process.Kill();
        }

        await process.WaitForExitAsync();
        var isKilled = process.ExitCode == 137;
        Assert.True(
            process.ExitCode == 0 || isKilled,
            $"exit code {process.ExitCode}: {await errors}{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
        return !isKilled;
    }
}
