using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Weir.Simulation.Tests.Scenarios;
using Weir.Testing;

namespace Weir.Simulation.Tests;

/// <summary>Which seeds to run, and how to run one again.</summary>
internal static class Seeds
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly ConcurrentDictionary<int, long> Running = new();
    private static readonly Lazy<HashSet<int>> AllKnown = new(() => [.. Known()]);

    /// <summary>How many fixed seeds a run of the tests tries: <c>WEIR_SEEDS</c>, or 1,000.</summary>
    public static int Count => Number("WEIR_SEEDS") ?? 1000;

    /// <summary>For how long a run of the tests tries seeds that nobody has tried: <c>WEIR_FRESH_SECONDS</c>, or 5.</summary>
    public static TimeSpan FreshTime => TimeSpan.FromSeconds(Number("WEIR_FRESH_SECONDS") ?? 5);

    /// <summary>The first of them: <c>WEIR_FRESH_SEED</c>, or any.</summary>
    public static int FirstFresh => Number("WEIR_FRESH_SEED") ?? new Random((int)Stopwatch.GetTimestamp()).Next(1_000_000, 2_000_000_000);

    /// <summary>The seed to run again with its trace: <c>WEIR_SEED</c>; null for any.</summary>
    public static int? One => Number("WEIR_SEED");

    /// <summary>How many lines of a trace are shown at most: <c>WEIR_TRACE_LINES</c>, or the last 200.</summary>
    public static int TraceLines => Number("WEIR_TRACE_LINES") ?? 200;

    /// <summary>Seeds that once showed a bug.</summary>
    public static IReadOnlyList<int> Known() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "seeds.txt"))
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0)
            .Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>Whether a seed is one of those.</summary>
    public static bool IsKnown(int seed) => AllKnown.Value.Contains(seed);

    /// <summary>Runs seeds side by side, one on each core: those of the flights, unless told which.</summary>
    public static SeedTally Run(IReadOnlyList<int> seeds, Func<int, SimulationScenario>? scenarioOf = null)
    {
        var tally = new SeedTally();
        var next = -1;
        OnEachCore(() =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < seeds.Count;)
            {
                tally.Add(Run(seeds[i], scenarioOf));
            }
        });
        return tally;
    }

    /// <summary>Runs seeds side by side, one after the other from a first, as long as there is time: at least one a core.</summary>
    public static SeedTally RunFor(TimeSpan time, int first, Func<int, SimulationScenario>? scenarioOf = null)
    {
        var tally = new SeedTally();
        var watch = Stopwatch.StartNew();
        var next = first - 1;
        OnEachCore(() =>
        {
            do
            {
                tally.Add(Run(Interlocked.Increment(ref next), scenarioOf));
            }
            while (watch.Elapsed < time);
        });
        return tally;
    }

    /// <summary>The command that runs one seed again.</summary>
    public static string Replay(int seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"WEIR_SEED={seed} dotnet test --project tests/Simulation.Tests -- --filter-method \"*One_seed*\" --show-live-output on");

    private static SimulationResult Run(int seed, Func<int, SimulationScenario>? scenarioOf)
    {
        Running[seed] = Stopwatch.GetTimestamp();
        var result = Testing.Simulation.Run((scenarioOf ?? FlightScenarios.Of)(seed), seed);
        Running.TryRemove(seed, out _);
        return result;
    }

    // Threads of our own: a simulation blocks the thread that begins it whenever a call in it stands still.
    private static void OnEachCore(Action work)
    {
        Exception? failure = null;
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            try
            {
                work();
            }
#pragma warning disable CA1031 // It is thrown on the test's own thread.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                failure = thrown;
            }
        })
        { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        foreach (var thread in threads)
        {
            while (!thread.Join(TimeSpan.FromSeconds(1)))
            {
                FailIfOneHangs();
            }
        }

        if (failure is not null)
        {
            throw new InvalidOperationException($"A simulation broke off: {failure.Message}", failure);
        }
    }

    // A seed takes some 20 ms. A lock that is held across a file operation stops real threads, which no simulated time-out ends.
    private static void FailIfOneHangs()
    {
        foreach (var (seed, since) in Running)
        {
            if (Stopwatch.GetElapsedTime(since) > Longest)
            {
                throw new InvalidOperationException($"Seed {seed} has not come to its end within {Longest.TotalMinutes} minutes of real time: "
                    + $"a thread in it waits for ever. {Replay(seed)}");
            }
        }
    }

    /// <summary>What a variable of the environment says; null if it is not set.</summary>
    public static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
