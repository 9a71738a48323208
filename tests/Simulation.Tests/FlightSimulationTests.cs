using System.Text.Json;
using Weir.Runtime.Planning;
using Weir.Simulation.Tests.Scenarios;
using Weir.Testing;

namespace Weir.Simulation.Tests;

public class FlightSimulationTests
{
    [Fact]
    public void Every_seed_gives_the_output_of_a_failure_free_run()
    {
        var tally = Seeds.Run([.. Enumerable.Range(1, Seeds.Count)]);

        tally.AllPassed();
        if (tally.Count >= 200)
        {
            AllKindsOfTroubleHappened(tally);
        }
    }

    [Fact]
    public void Seeds_that_once_failed_pass() => Seeds.Run(Seeds.Known()).AllPassed();

    [Fact]
    public void Seeds_that_nobody_has_tried_pass()
    {
        var first = Seeds.FirstFresh;
        TestContext.Current.TestOutputHelper?.WriteLine($"The first seed is {first} (WEIR_FRESH_SEED).");

        var tally = Seeds.RunFor(Seeds.FreshTime, first);

        TestContext.Current.TestOutputHelper?.WriteLine($"{tally.Count} seeds were tried.");
        tally.AllPassed();
    }

    [Fact]
    public void One_seed_is_run_again_with_its_trace()
    {
        var seed = Seeds.One ?? 1;
        var result = Testing.Simulation.Run(FlightScenarios.Of(seed), seed, isTraced: true);
        var file = Path.Combine(AppContext.BaseDirectory, $"seed-{seed}.log");
        File.WriteAllLines(file, [.. result.Trace, result.ToString()]);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', result.Trace.TakeLast(200)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{result}\nThe whole trace: {file}");
        Assert.True(result.Failure is null,
            $"{result}\nThe last of the trace:\n{string.Join('\n', result.Trace.TakeLast(60))}\nThe whole trace: {file}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_is_simulated_is_generated_code_unless_a_seed_says_otherwise(int seed)
    {
        var job = FlightScenarios.Of(seed).Build(new SimulatedFileSystem());

        Assert.Contains("compiled", JobPlanner.Plan(job.Graph, 2).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("compiled", JobPlanner.Plan(job.Graph, 2, forceInterpreted: true).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(42)]
    [InlineData(1234)]
    public void The_same_seed_makes_the_same_run(int seed)
    {
        var first = Testing.Simulation.Run(FlightScenarios.Of(seed), seed, isTraced: true);
        var second = Testing.Simulation.Run(FlightScenarios.Of(seed), seed, isTraced: true);

        Assert.NotEmpty(first.Trace);
        Assert.Equal(first.Trace, second.Trace);
        Assert.Equal(first.ToString(), second.ToString());
    }

    [Fact]
    public void A_failure_free_run_gives_what_LINQ_gives()
    {
        for (var input = 0; input < 4; input++)
        {
            var flights = FlightScenarios.FlightsOf(input);
            var expected = flights[0].Concat(flights[2])
                .Where(f => f.Distance > 100)
                .GroupBy(f => (f.Origin, f.Departure.Date))
                .Select(g => new DailyDelay(
                    g.Key.Origin, DateOnly.FromDateTime(g.Key.Date), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)));

            var rows = FlightScenarios.WithoutFaults(FlightKind.Delays, input)[0]
                .Select(row => JsonSerializer.Deserialize<DailyDelay>(row, JsonSerializerOptions.Web)!);

            Assert.Equal(expected.OrderBy(row => (row.Day, row.Origin)), rows.OrderBy(row => (row.Day, row.Origin)));
        }
    }

    [Fact]
    public void A_failure_free_run_of_the_branching_pipeline_gives_what_LINQ_gives()
    {
        var flights = FlightScenarios.FlightsOf(3).SelectMany(file => file).ToList();
        var expectedDelays = flights
            .GroupBy(f => (f.Destination, f.Departure.Date, Quarter: f.Departure.Hour / 6))
            .Select(g => new DailyDelay(
                g.Key.Destination, DateOnly.FromDateTime(g.Key.Date), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)));
        var expectedLegs = flights.Where(f => f.Delay > 10).Select(f => new Leg(f.Origin, f.Destination, f.Departure));

        var outputs = FlightScenarios.WithoutFaults(FlightKind.Branches, 3);

        Assert.Equal(
            expectedDelays.Select(row => row.ToString()).Order(),
            outputs[0].Select(row => JsonSerializer.Deserialize<DailyDelay>(row, JsonSerializerOptions.Web)!.ToString()).Order());
        Assert.Equal(
            expectedLegs.Select(row => row.ToString()).Order(),
            outputs[1].Select(row => JsonSerializer.Deserialize<Leg>(row, JsonSerializerOptions.Web)!.ToString()).Order());
    }

    // A simulation in which nothing goes wrong passes too, and proves nothing.
    private static void AllKindsOfTroubleHappened(SeedTally tally)
    {
        // Nobody asks anything of these jobs: RequestsSimulationTests do.
        foreach (var fault in Enum.GetValues<SimulatedFault>().Where(fault => fault < SimulatedFault.CheckpointAsked))
        {
            AtLeast(tally.Count / 100, tally.SeedsWith(fault), $"seeds saw {fault}");
        }

        AtLeast(tally.Count / 4, tally.Recovered, "seeds recovered from a checkpoint");
        AtLeast(tally.Count, tally.Checkpoints, "checkpoints completed");
    }

    private static void AtLeast(int least, int count, string what) =>
        Assert.True(count >= least, $"Only {count} {what}, {least} were wanted.");
}
