using System.Globalization;
using Weir.Simulation.Tests.Stages;

namespace Weir.Simulation.Tests.Brokers;

/// <summary>The arbiter for Kafka, at a broker whose transactions time out, and whose answers get lost.</summary>
public sealed class BrokerSimulationTests
{
    [Fact]
    public void Every_seed_that_writes_to_a_broker_gives_the_output_of_a_failure_free_run()
    {
        var count = Seeds.Number("WEIR_BROKER_SEEDS") ?? 100;
        var tally = Seeds.Run([.. Enumerable.Range(1, count)], seed => StageScenarios.ToBroker(seed));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{tally.Count} seeds: {tally.Recovered} recovered, {tally.Checkpoints} checkpoints, {tally.Deaths} deaths"));
        tally.AllPassed();
        Assert.True(tally.Recovered >= count / 4, $"only {tally.Recovered} of {count} seeds recovered from a checkpoint");
    }

    [Fact]
    public void Seeds_that_nobody_has_tried_pass()
    {
        var first = Seeds.FirstFresh;
        TestContext.Current.TestOutputHelper?.WriteLine($"The first seed is {first} (WEIR_FRESH_SEED).");
        var tally = Seeds.RunFor(Seeds.FreshTime, first, seed => StageScenarios.ToBroker(seed));
        TestContext.Current.TestOutputHelper?.WriteLine($"{tally.Count} seeds were tried.");
        tally.AllPassed();
    }

    [Fact]
    public void One_seed_that_writes_to_a_broker_is_run_again_with_its_trace()
    {
        var seed = Seeds.One ?? 1;
        var result = Testing.Simulation.Run(StageScenarios.ToBroker(seed), seed, isTraced: true);
        Assert.True(result.Failure is null, $"{result}\n{string.Join('\n', result.Trace.TakeLast(Seeds.TraceLines))}");
        Assert.Equal(result.Trace, Testing.Simulation.Run(StageScenarios.ToBroker(seed), seed, isTraced: true).Trace);
    }
}
