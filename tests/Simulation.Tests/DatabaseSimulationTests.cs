using Weir.Simulation.Tests.Databases;
using Weir.Simulation.Tests.Scenarios;
using Weir.Testing;

namespace Weir.Simulation.Tests;

/// <summary>The protocols of the sinks of databases, against a model of a server, under everything that can go wrong.</summary>
public sealed class DatabaseSimulationTests
{
    private static readonly ModelKind[] Right = [ModelKind.Fates, ModelKind.Markers, ModelKind.Kept];

    [Fact]
    public void Every_seed_leaves_the_rows_of_a_failure_free_run_and_nothing_prepared()
    {
        var tally = Seeds.Run([.. Enumerable.Range(1, Seeds.Count / 4)], ScenarioOf);
        tally.AllPassed();
        Assert.True(tally.Count < 100 || tally.Recovered > tally.Count / 5, $"only {tally.Recovered} of {tally.Count} seeds recovered");
    }

    [Fact]
    public void Seeds_that_nobody_has_tried_pass()
    {
        var first = Seeds.FirstFresh;
        TestContext.Current.TestOutputHelper?.WriteLine($"The first seed is {first} (WEIR_FRESH_SEED).");
        var tally = Seeds.RunFor(Seeds.FreshTime / 10, first, ScenarioOf);
        TestContext.Current.TestOutputHelper?.WriteLine($"{tally.Count} seeds were tried.");
        tally.AllPassed();
    }

    private static SimulationScenario ScenarioOf(int seed) => With(seed, Right[seed % Right.Length]);

    internal static SimulationScenario With(int seed, ModelKind kind)
    {
        var scenario = FlightScenarios.With(seed, static sink => sink);
        return scenario with
        {
            Build = files => FlightScenarios.BuildDelays("delays", files, new ModelSink<DailyDelay>(ModelDatabase.Of(files), kind)),
            Expected = [scenario.Expected[0] with { Directory = ModelDatabase.Directory }],
            Rivals = [],
            Faults = scenario.Faults with { HasConsumer = false },
        };
    }
}
