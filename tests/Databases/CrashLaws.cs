using System.Diagnostics;
using System.Globalization;
namespace Weir.Databases.Tests;

/// <summary>A process that is killed, again and again, and a table that shows nothing of it.</summary>
public abstract class CrashLaws(ITestOutputHelper output)
{
    private const int Rows = 40_000;

    // A second's worth of the whole, so that no attempt gets far.
    private const int Rate = 4_000;

    /// <summary>How much of this is done: 1 by default; a longer run sets the variable.</summary>
    private static readonly int Times =
        int.TryParse(Environment.GetEnvironmentVariable("WEIR_CRASH_TIMES"), CultureInfo.InvariantCulture, out var times) ? times : 1;

    public static TheoryData<string> Points =>
    [
        "before-prepare", "after-prepare", "before-commit", "after-commit", "before-recovery", "after-recovery",
        "before-clean-up", "after-clean-up",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 4 * Times - 3)];

    /// <summary>Gets what the victim is told to write to: <c>postgres</c>.</summary>
    protected abstract string Kind { get; }

    /// <summary>Gets how the victim connects.</summary>
    protected abstract string ConnectionString { get; }

    [Theory]
    [MemberData(nameof(Points))]
    public Task Killed_at_a_point_the_table_is_that_of_an_undisturbed_run(string point) => KillAtAsync(point);

    protected async Task KillAtAsync(string point)
    {
        var kills = 0;
        var (table, directory) = await BeginAsync();
        try
        {
            // Parallelism changes between the attempts: transactions of three subtasks are found by one, and of one by two.
            int[] parallelisms = [1, 3, .. Enumerable.Repeat<int[]>([2, 1, 3], Times - 1).SelectMany(static some => some)];
            for (var attempt = 0; attempt < parallelisms.Length; attempt++)
            {
                var fatal = FatalOf(point, attempt);
                var isDrain = point == "after-drain";
                kills += await RunAsync(
                    table, directory, parallelisms[attempt], isDrain ? 8 * Rate : Rate, isDrain ? 300 : 30, fatal) ? 0 : 1;
            }

            Assert.True(kills >= parallelisms.Length - 1, $"only {kills} kills: the point '{point}' was not reached often enough");
            Assert.True(await RunAsync(table, directory, 2, rate: 0, interval: 30, fatal: null));
            await AssertWholeAsync(table, Rows);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        output.WriteLine($"{Kind}, {point}: {kills} kills, equal");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Killed_at_any_moment_the_table_is_that_of_an_undisturbed_run(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var kills = 0;
        var (table, directory) = await BeginAsync();
        try
        {
            for (var attempt = 0; attempt < 4 * Times; attempt++)
            {
                // Measured from the first sign of life, so that few kills fall into the start of the runtime.
                var delay = TimeSpan.FromMilliseconds(random.Next(400));
                kills += await RunAsync(table, directory, random.Next(1, 4), Rate, interval: 30, fatal: null, delay) ? 0 : 1;
            }

            Assert.True(await RunAsync(table, directory, random.Next(1, 4), rate: 0, interval: 30, fatal: null));
            await AssertWholeAsync(table, Rows);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        Assert.True(kills >= 2, $"only {kills} kills");
        output.WriteLine($"{Kind}, seed {seed}: {kills} kills, equal");
    }

    /// <summary>Makes the victim's table: <c>id</c>, <c>name</c>, <c>amount</c> and <c>at</c>. Its name.</summary>
    protected abstract Task<string> TableAsync();

    /// <summary>Whether the table is that of an undisturbed run, and nothing is prepared.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">How many rows there are, of the ids from 0.</param>
    protected abstract Task AssertWholeAsync(string table, int rows);

    // What is to be recovered or cleaned up has to be left behind first: decided and not committed, or prepared and not decided.
    private static string FatalOf(string point, int attempt) => (point.Split('-', 2)[1], attempt % 2) switch
    {
        ("recovery", 0) => "before-commit:1",
        ("clean-up", 0) => "after-prepare:1",
        ("recovery" or "clean-up", _) => $"{point}:1",
        var (_, odd) => $"{point}:{1 + odd}",
    };

    private async Task<(string Table, string Directory)> BeginAsync() =>
        (await TableAsync(), Directory.CreateTempSubdirectory("weir-victim-").FullName);

    /// <summary>Runs the victim until it ends or is killed. Whether it ended.</summary>
    private async Task<bool> RunAsync(
        string table, string directory, int parallelism, int rate, int interval, string? fatal, TimeSpan? killAfter = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Weir.Databases.Victim.dll");
        string[] arguments =
        [
            program, Kind, ConnectionString, table, directory,
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
