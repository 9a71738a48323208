namespace Weir.Simulation.Tests.Barriers;

/// <summary>Unaligned checkpoints, and aligned ones that time out, under everything that may happen, rescaled between attempts.</summary>
public sealed class BarrierSimulationTests
{
    private const int FixedSeeds = 240;

    [Fact]
    public void F13_every_seed_gives_the_output_of_a_failure_free_run_whatever_barriers_overtake()
    {
        var tally = Seeds.Run([.. Enumerable.Range(1, FixedSeeds)], BarrierScenarios.Of);

        tally.AllPassed(Replay);
        Assert.True(tally.Recovered >= FixedSeeds / 4, $"only {tally.Recovered} seeds recovered from a checkpoint");
    }

    [Fact]
    public void At_least_once_nothing_is_lost()
    {
        var tally = Seeds.Run([.. Enumerable.Range(1, FixedSeeds / 3)], BarrierScenarios.AtLeastOnce);

        tally.AllPassed(seed => $"seed {seed} of BarrierScenarios.AtLeastOnce");
        Assert.True(tally.Recovered >= FixedSeeds / 12, $"only {tally.Recovered} seeds recovered from a checkpoint");
    }

    [Fact]
    public void Seeds_that_nobody_has_tried_pass()
    {
        var first = Seeds.FirstFresh;
        TestContext.Current.TestOutputHelper?.WriteLine($"The first seed is {first} (WEIR_FRESH_SEED).");

        var tally = Seeds.RunFor(Seeds.FreshTime / 4, first, BarrierScenarios.Of);

        TestContext.Current.TestOutputHelper?.WriteLine($"{tally.Count} seeds were tried.");
        tally.AllPassed(Replay);
    }

    [Fact]
    public void One_barrier_seed_is_run_again_with_its_trace()
    {
        var seed = Seeds.One ?? 1;
        var result = Testing.Simulation.Run(BarrierScenarios.Of(seed), seed, isTraced: true);

        Assert.True(result.Failure is null, $"{result}\nThe last of the trace:\n{string.Join('\n', result.Trace.TakeLast(120))}");
    }

    private static string Replay(int seed) =>
        $"WEIR_SEED={seed} dotnet test --project tests/Simulation.Tests -- --filter-method \"*One_barrier_seed*\"";
}
