namespace Weir.Bench;

/// <summary>One row of the input.</summary>
internal sealed record BenchFlight(
    DateTime Departure,
    [property: Column("delay_minutes")] int Delay,
    [property: Column("distance_miles")] int Distance,
    string Origin,
    string Destination);

/// <summary>One row of the output.</summary>
internal sealed record BenchDelay(string Origin, DateOnly Day, int Flights, double AverageDelay, int MaxDelay);

/// <summary>The main job's pipeline.</summary>
internal static class FlightPipeline
{
    [Pipeline]
    public static void Define(Job job, string input, string output) => job
        .From(Csv.Read<BenchFlight>(input))
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .Where(f => f.Distance > 100)
        .KeyBy(f => f.Origin)
        .Window(Tumbling.Of(TimeSpan.FromDays(1)))
        .Aggregate(g => new BenchDelay(
            g.Key, DateOnly.FromDateTime(g.Window.Start), g.Count(), g.Average(f => f.Delay), g.Max(f => f.Delay)))
        .To(Files.JsonLines<BenchDelay>(output));
}
