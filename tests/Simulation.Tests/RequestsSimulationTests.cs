using Weir.Simulation.Tests.Scenarios;
using Weir.Testing;

namespace Weir.Simulation.Tests;

/// <summary>Somebody asks for checkpoints and savepoints, takes requests back, and stops jobs, whatever goes wrong.</summary>
/// <remarks><c>WEIR_REQUEST_SEEDS</c> says how many seeds are tried, <c>WEIR_FRESH_SEED</c> where they begin.</remarks>
public class RequestsSimulationTests
{
    private static readonly FlightKind[] Kinds =
        [FlightKind.Delays, FlightKind.Branches, FlightKind.TimeBehindAnExchange, FlightKind.LateRows, FlightKind.Ledger];

    [Fact]
    public void Jobs_that_are_asked_for_checkpoints_and_stopped_lose_and_double_nothing()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("WEIR_REQUEST_SEEDS") ?? "100", null);
        var first = Seeds.Number("WEIR_FRESH_SEED") ?? 1;
        TestContext.Current.TestOutputHelper?.WriteLine($"Seeds {first} to {first + count - 1}.");

        var tally = Seeds.Run([.. Enumerable.Range(first, count)], Of);

        tally.AllPassed();
        foreach (var what in Enum.GetValues<SimulatedFault>().Where(fault => fault >= SimulatedFault.CheckpointAsked))
        {
            Assert.True(tally.SeedsWith(what) >= count / 50, $"Only {tally.SeedsWith(what)} of {count} seeds saw {what}.");
        }
    }

    [Fact]
    public void One_seed_of_them_is_run_again_with_its_trace()
    {
        var seed = Seeds.One ?? 1;
        var result = Testing.Simulation.Run(Of(seed), seed, isTraced: true);
        Assert.True(result.Failure is null, $"{result}\n{string.Join('\n', result.Trace.TakeLast(Seeds.TraceLines))}");
        Assert.Equal(result.Trace, Testing.Simulation.Run(Of(seed), seed, isTraced: true).Trace);
    }

    [Theory]
    [InlineData(810044, "a stop with a savepoint was decided, its attempt failed, and the next one committed more than the savepoint has")]
    [InlineData(810613, "the same: the commit failed, and who began with the savepoint withdrew finished files")]
    [InlineData(810626, "a savepoint was taken back while an older checkpoint was under way, which was given up with it")]
    public void Seeds_that_once_showed_a_bug(int seed, string what) =>
        Assert.True(Testing.Simulation.Run(Of(seed), seed) is { Failure: null }, $"Seed {seed} fails again. It once showed: {what}.");

    private static SimulationScenario Of(int seed) => FlightScenarios.Of(seed, Kinds[seed % Kinds.Length]) with
    {
        Backend = null,
        Requests = new SimulationRequests { MaxCheckpoints = 8, MaxStops = 3, MaxSavepoints = 4 },
    };
}
