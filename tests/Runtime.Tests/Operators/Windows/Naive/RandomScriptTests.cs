using System.Diagnostics;
using System.Globalization;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows.Naive;

/// <summary>Random scripts of windows give what a naive model gives, step by step, plain and restored before every step.</summary>
/// <remarks><c>WEIR_FRESH_SECONDS</c> says for how long fresh scripts are tried, <c>WEIR_FRESH_SEED</c> where they begin.</remarks>
public sealed class RandomScriptTests
{
    private const int FixedSeeds = 600;

    /// <summary>The model says what Flink says: otherwise the rest of this class says nothing.</summary>
    [Fact]
    public void The_model_gives_what_Flink_gives_step_by_step()
    {
        var (played, differences) = (0, new List<string>());
        foreach (var test in GoldenFile.Read("a-windows").Where(IsModelled))
        {
            played++;
            if (GoldenPlay.DifferenceOf(test, static test => new NaiveOperator(test), crash: false) is { } difference)
            {
                differences.Add($"{test.Id} {test.Operator.GetRawText()} {difference}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {played}:\n{string.Join('\n', differences.Take(10))}");
        Assert.True(played >= 900, $"only {played} scripts are modelled");
    }

    [Fact]
    public void Fixed_scripts_give_what_the_model_gives() => AllAgree(Enumerable.Range(1, FixedSeeds));

    [Fact]
    public void Scripts_that_nobody_has_tried_give_what_the_model_gives()
    {
        var first = (int?)Number("WEIR_FRESH_SEED") ?? new Random((int)Stopwatch.GetTimestamp()).Next(1_000_000, 2_000_000_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"The first seed is {first} (WEIR_FRESH_SEED).");
        var watch = Stopwatch.StartNew();
        var count = AllAgree(Enumerable.Range(first, int.MaxValue - first)
            .TakeWhile(_ => watch.Elapsed.TotalSeconds < (Number("WEIR_FRESH_SECONDS") ?? 5)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} scripts were tried.");
    }

    private static int AllAgree(IEnumerable<int> seeds)
    {
        var (tried, failed) = (0, new List<string>());
        foreach (var seed in seeds)
        {
            tried++;
            var test = RandomScript.WithModel(new RandomScript(new Random(seed)).Make());
            foreach (var crash in new[] { false, true })
            {
                if (GoldenPlay.DifferenceOf(test, static test => new GoldenWindow(test), crash) is { } difference)
                {
                    failed.Add($"seed {seed}{(crash ? ", restored before every step" : "")}: {test.Operator.GetRawText()}\n  {difference}");
                    break;
                }
            }
        }

        Assert.True(failed.Count == 0, $"{failed.Count} of {tried} scripts differ:\n{string.Join('\n', failed.Take(12))}");
        return tried;
    }

    // Near the ends of time Flink's own sums leave their range.
    private static bool IsModelled(GoldenCase test) =>
        test.Group.StartsWith("window/", StringComparison.Ordinal) && test.Group != "window/extreme/event"
        && !(test.Operator.GetProperty("function").GetString() == "list_fires"
            && test.Operator.GetProperty("assigner").GetProperty("type").GetString()!.EndsWith("session", StringComparison.Ordinal));

    private static long? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
}
