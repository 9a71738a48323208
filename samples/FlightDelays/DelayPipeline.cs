using Weir;

namespace FlightDelays;

/// <summary>The pipeline: flights in, one row for each airport and day out.</summary>
internal static class DelayPipeline
{
    [Pipeline]
    public static void Define(Job job, string input, string output) => job
        .From(Csv.Read<Flight>(input))
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .Where(f => f.Distance > 100)
        .KeyBy(f => f.Origin)
        .Window(Tumbling.Of(TimeSpan.FromDays(1)))
        .Aggregate(g => new DailyDelay(
            g.Key,
            DateOnly.FromDateTime(g.Window.Start),
            g.Count(),
            g.Average(f => f.Delay),
            g.Max(f => f.Delay)))
        .To(Files.JsonLines<DailyDelay>(output));
}
