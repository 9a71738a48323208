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
        .Aggregate(g => new DailyDelay(
            g.Key, DateOnly.FromDateTime(g.Window.Start), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
        .To(output);

    /// <summary>Two inputs made one, a branch into two sinks, one of them behind another exchange.</summary>
    [Pipeline]
    public static void Branches(
        Job job, Source<Flight, FileSplit> east, Source<Flight, FileSplit> west, ISink<DailyDelay> delays, ISink<Leg> legs)
    {
        var all = job.From(east)
            .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
            .Union(job.From(west).WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1)));

        all.KeyBy(f => f.Destination)
            .Window(Tumbling.Of(TimeSpan.FromHours(6)))
            .Aggregate(g => new DailyDelay(
                g.Key, DateOnly.FromDateTime(g.Window.Start), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
            .Id("delays")
            .To(delays);

        all.Where(f => Tripwire.Passes() && f.Delay > 10)
            .Rebalance()
            .Select(f => new Leg(f.Origin, f.Destination, f.Departure))
            .To(legs);
    }

    /// <summary>Event time is taken behind an exchange, where each channel is a lane of its own; windows in a row.</summary>
    [Pipeline]
    public static void TimeBehindAnExchange(
        Job job, Source<Flight, FileSplit> east, Source<Flight, FileSplit> west, ISink<DailyDelay> output) => job
        .From(east)
        .Union(job.From(west))
        .Rebalance()
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .Where(f => Tripwire.Passes() && f.Distance > 100)
        .KeyBy(f => f.Destination)
        .Window(Tumbling.Of(TimeSpan.FromHours(6)))
        .Aggregate(g => new DailyDelay(
            g.Key, DateOnly.FromDateTime(g.Window.Start), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
        .To(output);

    /// <summary>
    /// Rows come later than the bound allows: which of them are dropped must not depend on what goes wrong. One row a batch, one source.
    /// </summary>
    [Pipeline]
    public static void LateRows(Job job, Source<Flight, FileSplit> input, ISink<DailyDelay> output, ISink<Flight> tooLate)
    {
        job.From(input).WithParallelism(1)
            .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromMinutes(10)).WithParallelism(1)
            .Where(f => Tripwire.Passes() && f.Distance > 100).WithParallelism(1)
            .KeyBy(f => f.Origin)
            .Window(Tumbling.Of(TimeSpan.FromHours(2)))
            .LateTo(out var late)
            .Aggregate(g => new DailyDelay(
                g.Key, DateOnly.FromDateTime(g.Window.Start), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
            .To(output);

        late.To(tooLate);
    }

    /// <summary>
    /// A stream that is split, sent where a function says and to all; its inputs wait for one another, and one has its watermarks from a
    /// generator with state.
    /// </summary>
    [Pipeline]
    public static void Choices(
        Job job, Source<Flight, FileSplit> east, Source<Flight, FileSplit> west, ISink<DailyDelay> delays, ISink<Leg> legs)
    {
        var far = job.From(east)
            .WithEventTime(f => f.Departure, Watermarks.BoundedDisorder(TimeSpan.FromHours(1)))
            .AlignWith("flights", TimeSpan.FromHours(3))
            .Union(job.From(west)
                .WithEventTime(f => f.Departure, new EveryOtherFlight())
                .AlignWith("flights", TimeSpan.FromHours(3)))
            .Split(f => f.Distance > 500, out var near);

        far.Where(f => Tripwire.Passes())
            .KeyBy(f => f.Destination)
            .Window(Tumbling.Of(TimeSpan.FromHours(6)))
            .Aggregate(g => new DailyDelay(
                g.Key, DateOnly.FromDateTime(g.Window.Start), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
            .Id("delays")
            .To(delays);

        near.Partition((f, subtasks) => f.Distance % subtasks)
            .Select(f => new Leg(f.Origin, f.Destination, f.Departure))
            .Broadcast()
            .Where(leg => leg.Origin != leg.Destination).WithParallelism(2)
            .To(legs).WithParallelism(2);
    }

    /// <summary>What all subtasks must hold alike, and in order: told by each key at the end.</summary>
    [Pipeline]
    public static void Rules(Job job, Source<Flight, FileSplit> east, Source<Flight, FileSplit> west, ISink<DailyDelay> output) => job
        .From(east)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .Where(f => Tripwire.Passes())
        .KeyBy(f => f.Origin)
        .Connect(job.From(west).WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1)).Broadcast())
        .Process(() => new RuledFlights())
        .To(output);

    /// <summary>Every other flight of a split promises that none before the latest but an hour follows.</summary>
    private sealed class EveryOtherFlight : WatermarkGenerator<Flight, (string Seen, long Latest)>
    {
        public override (string Seen, long Latest) Create() => ("even", long.MinValue);

        public override long? OnRecord(in Flight record, long time, ref (string Seen, long Latest) state)
        {
            state = (state.Seen == "even" ? "odd" : "even", Math.Max(state.Latest, time));
            return state.Seen == "even" ? state.Latest - (3600 * EventTime.Second) - 1 : null;
        }
    }
}
