using System.Diagnostics;
using System.Globalization;

namespace Weir.Simulation.Tests.Stages;

/// <summary>Three stages, as many seeds as there is time for.</summary>
/// <remarks>
/// <c>WEIR_STAGE_SEEDS</c> says how many fixed seeds are tried: 1,000 by default. <c>WEIR_STAGE_ENDS=files</c> has all of them between
/// files.
/// </remarks>
public sealed class StageSimulationTests
{
    [Fact]
    public void Every_seed_of_three_stages_gives_the_output_of_a_failure_free_run()
    {
        var count = Seeds.Number("WEIR_STAGE_SEEDS") ?? 1000;
        var watch = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var bytes = GC.GetTotalAllocatedBytes();
        var paused = GC.GetTotalPauseDuration();

        var tally = Seeds.Run([.. Enumerable.Range(1, count)], IsBetweenFiles ? StageScenarios.BetweenFiles : StageScenarios.Of);

        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{tally.Count} seeds, {tally.Count * 60 / watch.Elapsed.TotalSeconds:N0} a minute, {used.TotalMilliseconds / tally.Count:N1} "
                + $"ms of CPU each; {tally.Recovered} recovered, {tally.Checkpoints} checkpoints, {tally.Deaths} deaths, "
                + $"{tally.Rows} rows, {tally.Turns / tally.Count} turns each; "
                + $"{(GC.GetTotalAllocatedBytes() - bytes) / tally.Count / 1024:N0} KiB each, {GC.CollectionCount(0)} collections, "
                + $"{GC.CollectionCount(2)} of them whole, in {(GC.GetTotalPauseDuration() - paused).TotalMilliseconds:N0} ms."));
        tally.AllPassed();
        Assert.True(tally.Recovered >= count / 4, $"only {tally.Recovered} of {count} seeds recovered from a checkpoint");
    }

    private static bool IsBetweenFiles => Environment.GetEnvironmentVariable("WEIR_STAGE_ENDS") == "files";

    [Theory]
    [InlineData(27, "a timer at the end of time could not be read from a savepoint")]
    public void Seeds_of_three_stages_that_once_showed_a_bug(int seed, string what) => Assert.True(
        Testing.Simulation.Run(StageScenarios.Of(seed), seed) is { Failure: null }, $"Seed {seed} fails again. It once showed: {what}.");

    [Fact]
    public void Seeds_that_nobody_has_tried_pass()
    {
        var first = Seeds.FirstFresh;
        TestContext.Current.TestOutputHelper?.WriteLine($"The first seed is {first} (WEIR_FRESH_SEED).");

        var tally = Seeds.RunFor(Seeds.FreshTime / 10, first, StageScenarios.Of);

        TestContext.Current.TestOutputHelper?.WriteLine($"{tally.Count} seeds were tried.");
        tally.AllPassed();
    }

    [Fact]
    public void One_seed_of_three_stages_is_run_again_with_its_trace()
    {
        var seed = Seeds.One ?? 1;
        var result = Testing.Simulation.Run(StageScenarios.Of(seed), seed, isTraced: true);
        Assert.True(result.Failure is null, $"{result}\n{string.Join('\n', result.Trace.TakeLast(Seeds.TraceLines))}");
        Assert.Equal(result.Trace, Testing.Simulation.Run(StageScenarios.Of(seed), seed, isTraced: true).Trace);
    }
}
