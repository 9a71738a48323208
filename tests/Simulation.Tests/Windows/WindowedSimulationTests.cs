namespace Weir.Simulation.Tests.Windows;

/// <summary>Windows, triggers, timers and state of every kind, crashed anywhere: the output is that of a run without failures.</summary>
public sealed class WindowedSimulationTests
{
    private const int FixedSeeds = 240;

    // A timer that waited behind the watermark was fired by the same watermark after a restore.
    private const int WaitingTimer = 1161017693;

    // The ledger forgot a file that the retained checkpoint still held as undecided, and that a reader had taken.
    private const int ForgottenFile = 1268365759;

    [Fact]
    public void Every_seed_gives_the_output_of_a_failure_free_run()
    {
        var tally = Seeds.Run([.. Enumerable.Range(1, FixedSeeds), WaitingTimer, ForgottenFile], WindowedScenarios.Of);

        tally.AllPassed(Replay);
        Assert.True(tally.Recovered >= FixedSeeds / 4, $"only {tally.Recovered} seeds recovered from a checkpoint");
    }

    [Fact]
    public void Seeds_that_nobody_has_tried_pass()
    {
        var first = Seeds.FirstFresh;
        TestContext.Current.TestOutputHelper?.WriteLine($"The first seed is {first} (WEIR_FRESH_SEED).");

        var tally = Seeds.RunFor(Seeds.FreshTime / 4, first, WindowedScenarios.Of);

        TestContext.Current.TestOutputHelper?.WriteLine($"{tally.Count} seeds were tried.");
        tally.AllPassed(Replay);
    }

    [Fact]
    public void One_windowed_seed_is_run_again_with_its_trace()
    {
        var seed = Seeds.One ?? 1;
        var result = Testing.Simulation.Run(WindowedScenarios.Of(seed), seed, isTraced: true);

        Assert.True(result.Failure is null, $"{result}\nThe last of the trace:\n{string.Join('\n', result.Trace.TakeLast(120))}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Each_kind_gives_rows_and_some_have_late_flights(int kind)
    {
        var outputs = WindowedScenarios.WithoutFaults((WindowedKind)kind, input: 1);

        Assert.True(outputs[0].Count >= ((WindowedKind)kind == WindowedKind.Purged ? 1 : 20), $"only {outputs[0].Count} rows");
        Assert.True(outputs[1].Count > 0 || (WindowedKind)kind is not (WindowedKind.Cumulative or WindowedKind.Processed), "no flight was late");
    }

    private static string Replay(int seed) =>
        $"WEIR_SEED={seed} dotnet test --project tests/Simulation.Tests -- --filter-method \"*One_windowed_seed*\"";
}
