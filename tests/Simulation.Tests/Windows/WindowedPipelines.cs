using Weir.Simulation.Tests.Scenarios;
using Weir.Testing;

namespace Weir.Simulation.Tests.Windows;

/// <summary>The pipelines with windows and processes that are simulated. One source and one lane: what is late is the same in every run.</summary>
public static class WindowedPipelines
{
    [Pipeline]
    public static void Windowed(
        Job job, Source<Flight, FileSplit> input, ISink<WindowedRow> output, ISink<Flight> tooLate, WindowKind windows)
    {
        InOrder(job, input)
            .KeyBy(f => f.Origin)
            .Window(windows)
            .LateTo(out var late)
            .Aggregate(g => new WindowedRow(g.Key, g.Window.Start, g.Window.End, g.Count(), g.Sum(f => f.Delay), 0))
            .To(output);
        late.To(tooLate);
    }

    [Pipeline]
    public static void Retracted(Job job, Source<Flight, FileSplit> input, ISink<WindowedRow> output, ISink<Flight> tooLate)
    {
        InOrder(job, input)
            .KeyBy(f => f.Origin)
            .Window(Tumbling.Of(TimeSpan.FromHours(1)))
            .Trigger(Trigger.Continuous(TimeSpan.FromMinutes(20)))
            .AllowLateness(TimeSpan.FromMinutes(15))
            .LateTo(out var late)
            .Retracting()
            .Aggregate(g => new WindowedRow(g.Key, g.Window.Start, g.Window.End, g.Count(), g.Sum(f => f.Delay), 0))
            .Select(change => change.New! with { FlightsBefore = change.HasOld ? change.Old.Flights : 0 })
            .To(output);
        late.To(tooLate);
    }

    [Pipeline]
    public static void Purged(Job job, Source<Flight, FileSplit> input, ISink<WindowedRow> output, ISink<Flight> tooLate)
    {
        InOrder(job, input)
            .KeyBy(f => f.Origin)
            .Window(SessionWindow.WithGap((Flight f) => TimeSpan.FromMinutes(10 + (f.Distance % 50))))
            .Trigger(Trigger.Count(3).Purging())
            .AllowLateness(TimeSpan.FromMinutes(15))
            .LateTo(out var late)
            .Aggregate(g => new WindowedRow(g.Key, g.Window.Start, g.Window.End, g.Count(), g.Sum(f => f.Delay), 0))
            .To(output);
        late.To(tooLate);
    }

    [Pipeline]
    public static void Processed(Job job, Source<Flight, FileSplit> input, ISink<WindowedRow> output, ISink<Flight> tooLate)
    {
        var told = InOrder(job, input).KeyBy(f => f.Origin).Process(() => new Departures());
        told.To(output);
        told.Side(Departures.Behind).To(tooLate);
    }

    private static Stream<Flight> InOrder(Job job, Source<Flight, FileSplit> input) => job
        .From(input).WithParallelism(1)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromMinutes(3)).WithParallelism(1)
        .Where(f => Tripwire.Passes()).WithParallelism(1);
}
