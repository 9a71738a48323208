using System.Diagnostics;
using System.Globalization;
using Weir.Generators.Fuzz.Programs;

namespace Weir.Generators.Fuzz;

/// <summary>
/// Random pipelines of windows, triggers, state and timers: compiled, interpreted, in any batches, by any number of subtasks and over a
/// checkpoint they give the same set of results.
/// </summary>
/// <remarks>The variables are those of <see cref="FuzzTests"/>; a known seed has a line <c>stream ‹seed›</c> in <c>seeds.txt</c>.</remarks>
public sealed class StreamFuzzTests
{
    private const int FixedSeeds = 150;
    private const int BatchSize = 75;

    [Fact]
    public void Fixed_streams_agree() =>
        AllAgree(Enumerable.Range(1, Number("WEIR_SEEDS") ?? FixedSeeds).Chunk(BatchSize).SelectMany(FuzzCompilation.CheckStreams));

    [Fact]
    public void Streams_that_once_showed_a_bug_agree() => AllAgree(
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "seeds.txt"))
            .Select(static line => line.Split('#')[0].Trim())
            .Where(static line => line.StartsWith("stream ", StringComparison.Ordinal))
            .Select(static line => int.Parse(line[7..], CultureInfo.InvariantCulture))
            .Chunk(BatchSize)
            .SelectMany(FuzzCompilation.CheckStreams));

    [Fact]
    public void Fresh_streams_agree()
    {
        var first = Number("WEIR_FRESH_SEED") ?? new Random((int)Stopwatch.GetTimestamp()).Next(1_000_000, 2_000_000_000);
        TestContext.Current.SendDiagnosticMessage($"The first fresh seed is {first}.");
        var results = new List<(int, string?)>();
        var end = Stopwatch.StartNew();
        for (var seed = first; end.Elapsed.TotalSeconds < (Number("WEIR_FRESH_SECONDS") ?? 5); seed += BatchSize)
        {
            results.AddRange(FuzzCompilation.CheckStreams([.. Enumerable.Range(seed, BatchSize)]));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{results.Count} seeds from {first} on were tried.");
        AllAgree(results);
    }

    [Fact]
    public void One_stream_agrees()
    {
        if (Number("WEIR_FUZZ_SEED") is { } seed)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(RandomStream.Of(seed));
            AllAgree(FuzzCompilation.CheckStreams([seed]));
        }
    }

    private static void AllAgree(IEnumerable<(int Seed, string? Failure)> results)
    {
        var all = results.ToArray();
        var failed = all.Where(static result => result.Failure is { Length: > 0 }).ToArray();
        var valid = all.Count(static result => result.Failure is not null);
        Assert.True(valid * 4 >= all.Length * 3, $"Only {valid} of {all.Length} programs were C# by themselves.");
        var (failures, runs) = (StreamHarness.Failures, StreamHarness.Runs);
        Assert.True(failures <= 20 + (runs / 2), $"{failures} of {runs} runs failed as they were run first.");
        Assert.True(failed.Length == 0, $"{failed.Length} of {all.Length} seeds failed. For seeds.txt:\n"
            + string.Join("\n", failed.Select(static result => $"stream {result.Seed} # {result.Failure!.Split('\n')[0]}"))
            + "\n\n" + string.Join("\n\n", failed.Take(Number("WEIR_FUZZ_SHOW") ?? 8).Select(static result =>
                $"Seed {result.Seed} (again, with its program: WEIR_FUZZ_SEED={result.Seed}): {result.Failure}")));
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
