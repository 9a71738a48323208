using Weir.Testing;

namespace Weir.Simulation.Tests.Scenarios;

/// <summary>The pipelines that are simulated.</summary>
public static class FlightPipelines
{
    /// <summary>The main sample's, with a function that can be made to throw.</summary>
    [Pipeline]
    public static void Delays(Job job, Source<Flight, FileSplit> input, ISink<DailyDelay> output) => job
        .From(input)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .Where(f => Tripwire.Passes() && f.Distance > 100)
        .KeyBy(f => f.Origin)
        .Window(Tumbling.Of(TimeSpan.FromDays(1)))
        .Aggregate(g => new DailyDelay(g.Key, DateOnly.FromDateTime(g.Window.Start), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
        .To(output);

    /// <summary>Two inputs made one, a branch into two sinks, one of them behind another exchange.</summary>
    [Pipeline]
    public static void Branches(Job job, Source<Flight, FileSplit> east, Source<Flight, FileSplit> west, ISink<DailyDelay> delays, ISink<Leg> legs)
    {
        var all = job.From(east)
            .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
            .Union(job.From(west).WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1)));

        all.KeyBy(f => f.Destination)
            .Window(Tumbling.Of(TimeSpan.FromHours(6)))
            .Aggregate(g => new DailyDelay(g.Key, DateOnly.FromDateTime(g.Window.Start), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
            .Id("delays")
            .To(delays);

        all.Where(f => Tripwire.Passes() && f.Delay > 10)
            .Rebalance()
            .Select(f => new Leg(f.Origin, f.Destination, f.Departure))
            .To(legs);
    }
}
