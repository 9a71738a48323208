using Weir.Simulation.Tests.Scenarios;

namespace Weir.Simulation.Tests;

/// <summary>State that every subtask holds alike, whatever is killed between a barrier and a snapshot.</summary>
public class BroadcastSimulationTests
{
    [Fact]
    public void Every_subtask_holds_what_was_broadcast_once_and_in_order_whatever_happens()
    {
        var tally = Seeds.Run([.. Enumerable.Range(1, 60)], Of);

        tally.AllPassed();
    }

    [Fact]
    public void Seeds_that_nobody_has_tried_pass()
    {
        var first = Seeds.FirstFresh;
        TestContext.Current.TestOutputHelper?.WriteLine($"The first seed is {first} (WEIR_FRESH_SEED).");

        var tally = Seeds.RunFor(Seeds.FreshTime / 5, first, Of);

        TestContext.Current.TestOutputHelper?.WriteLine($"{tally.Count} seeds were tried.");
        tally.AllPassed();
    }

    private static Testing.SimulationScenario Of(int seed) => FlightScenarios.Of(seed, FlightKind.Rules);
}
