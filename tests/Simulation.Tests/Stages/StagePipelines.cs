using Weir.Simulation.Tests.Scenarios;
using Weir.Testing;

namespace Weir.Simulation.Tests.Stages;

/// <summary>
/// Jobs of three stages with exchanges between them: a source, something with keys and state, and a sink that commits in two phases.
/// </summary>
public static class StagePipelines
{
    /// <summary>Flights by destination and six hours.</summary>
    [Pipeline]
    public static void Windows(Job job, ISource<Flight> input, ISink<DailyDelay> output) => job
        .From(input)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .Where(f => Tripwire.Passes())
        .KeyBy(f => f.Destination)
        .Window(Tumbling.Of(TimeSpan.FromHours(6)))
        .Aggregate(g => new DailyDelay(
            g.Key, DateOnly.FromDateTime(g.Window.Start), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
        .Rebalance()
        .To(output);

    /// <summary>Flights by destination, in a process with state of every kind and timers.</summary>
    [Pipeline]
    public static void Process(Job job, ISource<Flight> input, ISink<DailyDelay> output) => job
        .From(input)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .Where(f => Tripwire.Passes())
        .KeyBy(f => f.Destination)
        .Process(() => new HourlyArrivals())
        .Rebalance()
        .To(output);
}
