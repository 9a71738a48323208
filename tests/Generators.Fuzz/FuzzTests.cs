using System.Diagnostics;
using System.Globalization;
using Weir.Generators.Fuzz.Programs;

namespace Weir.Generators.Fuzz;

/// <summary>
/// Random pipelines, compiled with the generators and run: what comes out compiled, interpreted and of LINQ is the same, exceptions too.
/// </summary>
/// <remarks>
/// <c>WEIR_FUZZ_SEED</c> runs one seed and prints its program; <c>WEIR_FRESH_SECONDS</c> says for how long seeds are tried that nobody
/// has tried, and <c>WEIR_FRESH_SEED</c> where they begin: <c>WEIR_FRESH_SECONDS=28800</c> is a night.
/// </remarks>
public sealed class FuzzTests
{
    private const int FixedSeeds = 200;
    private const int BatchSize = 150;

    [Fact]
    public void Fixed_seeds_agree() =>
        AllAgree(Enumerable.Range(1, Number("WEIR_SEEDS") ?? FixedSeeds).Chunk(BatchSize)
            .SelectMany(static seeds => FuzzCompilation.Check(seeds, isWide: true)));

    [Fact]
    public void Seeds_that_once_showed_a_bug_agree() => AllAgree(
        Known(isWide: false).Chunk(BatchSize).SelectMany(static seeds => FuzzCompilation.Check(seeds, isWide: false))
            .Concat(Known(isWide: true).Chunk(BatchSize).SelectMany(static seeds => FuzzCompilation.Check(seeds, isWide: true))));

    [Fact]
    public void Fresh_seeds_agree()
    {
        var first = Number("WEIR_FRESH_SEED") ?? new Random((int)Stopwatch.GetTimestamp()).Next(1_000_000, 2_000_000_000);
        TestContext.Current.SendDiagnosticMessage($"The first fresh seed is {first}.");
        var results = new List<(int, string?)>();
        var end = Stopwatch.StartNew();
        for (var seed = first; end.Elapsed.TotalSeconds < (Number("WEIR_FRESH_SECONDS") ?? 5); seed += BatchSize)
        {
            results.AddRange(FuzzCompilation.Check([.. Enumerable.Range(seed, BatchSize)], isWide: true));
        }

        AllAgree(results);
    }

    [Fact]
    public void One_seed_agrees()
    {
        if (Number("WEIR_FUZZ_SEED") is { } seed)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(RandomProgram.Of(seed, isWide: true));
            AllAgree(FuzzCompilation.Check([seed], isWide: true));
        }
    }

    private static void AllAgree(IEnumerable<(int Seed, string? Failure)> results)
    {
        var all = results.ToArray();
        var failed = all.Where(result => result.Failure is { Length: > 0 }).ToArray();
        var valid = all.Count(result => result.Failure is not null);
        Assert.True(valid * 2 >= all.Length, $"Only {valid} of {all.Length} programs were C# by themselves.");
        Assert.True(failed.Length == 0, $"{failed.Length} of {all.Length} seeds failed. For seeds.txt:\n"
            + string.Join("\n", failed.Select(result => $"wide {result.Seed} # {result.Failure!.Split('\n')[0]}"))
            + "\n\n" + string.Join("\n\n", failed.Take(Number("WEIR_FUZZ_SHOW") ?? 8).Select(result =>
                $"Seed {result.Seed} (again, with its program: WEIR_FUZZ_SEED={result.Seed}): {result.Failure}")));
    }

    // Lines that begin with 'wide' are of programs that capture, and give functions by name.
    private static IEnumerable<int> Known(bool isWide) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "seeds.txt"))
        .Select(line => line.Split('#')[0].Trim())
        .Where(line => line.StartsWith("wide ", StringComparison.Ordinal) == isWide
            && !line.StartsWith("stream ", StringComparison.Ordinal))
        .Select(line => isWide ? line[5..] : line)
        .Where(line => line.Length > 0)
        .Select(line => int.Parse(line, CultureInfo.InvariantCulture));

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
