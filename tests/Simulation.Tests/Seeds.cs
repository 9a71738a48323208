using System.Collections.Concurrent;
using System.Globalization;
using Weir.Simulation.Tests.Scenarios;
using Weir.Testing;

namespace Weir.Simulation.Tests;

/// <summary>Which seeds to run, and how to run one again.</summary>
internal static class Seeds
{
    /// <summary>How many seeds a run of the tests tries: <c>WEIR_SEEDS</c>, or 1,000.</summary>
    public static int Count => Number("WEIR_SEEDS") ?? 1000;

    /// <summary>The seed to run again with its trace: <c>WEIR_SEED</c>; null for any.</summary>
    public static int? One => Number("WEIR_SEED");

    /// <summary>Seeds that once showed a bug.</summary>
    public static IEnumerable<int> Known() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "seeds.txt"))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0)
            .Select(line => int.Parse(line, CultureInfo.InvariantCulture));

    /// <summary>Runs seeds side by side.</summary>
    public static IReadOnlyList<SimulationResult> Run(IEnumerable<int> seeds)
    {
        var results = new ConcurrentBag<SimulationResult>();
        Parallel.ForEach(seeds, seed => results.Add(Testing.Simulation.Run(FlightScenarios.Of(seed), seed)));
        return [.. results.OrderBy(result => result.Seed)];
    }

    /// <summary>Fails with the seeds that failed and how to see them again.</summary>
    public static void AllPassed(IReadOnlyList<SimulationResult> results)
    {
        var failed = results.Where(result => result.Failure is not null).ToList();
        Assert.True(
            failed.Count == 0,
            $"{failed.Count} of {results.Count} seeds failed: {string.Join(", ", failed.Take(40).Select(result => result.Seed))}\n" +
            string.Join("\n\n", failed.Take(5).Select(result => $"{result}\nRun it again, with a trace: {Replay(result.Seed)}")));
    }

    /// <summary>The command that runs one seed again.</summary>
    public static string Replay(int seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"WEIR_SEED={seed} dotnet test --project tests/Simulation.Tests -- --filter-method \"*One_seed*\" --show-live-output on");

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
