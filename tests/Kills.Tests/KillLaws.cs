using System.Globalization;
using Weir.Kills.Tests.Targets;

namespace Weir.Kills.Tests;

/// <summary>A process that is killed at named points of the protocol, again and again, and output that shows nothing of it.</summary>
/// <remarks>
/// Classes derive from it, so that two cells run at a time. With every build the diagonal of the matrix is run. <c>WEIR_KILLS=all</c> runs
/// all of it, <c>WEIR_KILLS="rocks unaligned"</c> a part, <c>WEIR_KILLS_ROUND=7</c> another round: other hits, another diagonal.
/// tests/kill-matrix.sh sets them.
/// </remarks>
public abstract class KillLaws(ITestOutputHelper output)
{
    private static readonly int Round =
        int.TryParse(Environment.GetEnvironmentVariable("WEIR_KILLS_ROUND"), CultureInfo.InvariantCulture, out var round) ? round : 0;

    private static readonly string? Words = Environment.GetEnvironmentVariable("WEIR_KILLS");
    private static int _jobs;

    /// <summary>The cells of this run that write to one of some sinks.</summary>
    protected static TheoryData<Cell> Of(params string[] sinks) =>
        [.. Chosen().Where(cell => sinks.Contains(cell.Sink))];

    /// <summary>Kills the victim as a cell says, lets it come to its end, and looks at what it wrote and left.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="splits">Splits of the source.</param>
    /// <param name="readings">Readings of each.</param>
    /// <param name="source">What the victim reads; empty for readings that it makes.</param>
    protected async Task KillAsync(Cell cell, int splits = 4, int readings = 1_500, string source = "")
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"kill{Environment.ProcessId}_{Interlocked.Increment(ref _jobs)}");
        var directory = Directory.CreateTempSubdirectory("weir-kill-").FullName;
        await using var target = TargetOf.Cell(cell, directory, name);
        try
        {
            await target.CreateAsync();
            var run = new CellRun(cell, name, directory, target, splits, readings) { Source = source };
            await RunAsync(cell, run);
            output.WriteLine(run.ToString());
            run.CheckKills();
            Compare(ExpectedRows.Of(splits, readings), await target.RowsAsync());
            Assert.Empty(await target.StraysAsync(name));
            run.CheckRemains();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static IEnumerable<Cell> Chosen() => Words switch
    {
        null or "" => Cell.Diagonal(Round),
        "all" => Cell.Matrix(Round),
        var words => Cell.Matrix(Round).Where(cell => words.Split(' ').All(cell.Is)),
    };

    private static async Task RunAsync(Cell cell, CellRun run)
    {
        foreach (var start in Schedule.Of(cell, run.Random))
        {
            await run.KillAsync(start);
        }

        await run.FinishAsync();
    }

    private static void Compare(IReadOnlyList<string> expected, List<string> actual)
    {
        actual.Sort(StringComparer.Ordinal);
        if (!actual.SequenceEqual(expected, StringComparer.Ordinal))
        {
            var lost = expected.Except(actual, StringComparer.Ordinal).ToList();
            var foreign = actual.Except(expected, StringComparer.Ordinal).ToList();
            var doubled = actual.GroupBy(row => row, StringComparer.Ordinal).Where(group => group.Skip(1).Any())
                .Select(group => group.Key).ToList();
            Assert.Fail(
                $"{actual.Count} rows instead of {expected.Count}. {lost.Count} lost: {Some(lost)}; {foreign.Count} foreign: "
                    + $"{Some(foreign)}; {doubled.Count} doubled: {Some(doubled)}");
        }
    }

    private static string Some(IEnumerable<string> rows) => string.Join(" ", rows.Take(5));
}
