namespace Weir.Oracle.Tests.Queries;

/// <summary>The flights of each airport in each six hours.</summary>
public sealed class TumblingTests(Postgres postgres)
{
    // date_bin cuts time from an origin on; the windows begin at the epoch.
    private const string Sql = """
        SELECT origin,
               date_bin('6 hours', departure, '1970-01-01') AS window_start,
               count(*), sum(delay), min(delay), max(distance), avg(delay)::float8
        FROM flights
        GROUP BY 1, 2
        """;

    [Fact]
    public Task Tumbling_windows_agree_with_sql() => Oracle.Agrees<Row>(postgres, Sql, rows: 11_761, Define, FlightData.InPieces);

    [Pipeline]
    internal static void Define(Job job, ISource<Flight> source, ISink<Row> sink) => job
        .From(source)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .KeyBy(f => f.Origin)
        .Window(Tumbling.Of(TimeSpan.FromHours(6)))
        .Aggregate(g => new Row(
            g.Key,
            g.Window.Start,
            g.Count(),
            g.Sum(f => f.Delay),
            g.Min(f => f.Delay),
            g.Max(f => f.Distance),
            g.Average(f => f.Delay)))
        .To(sink);

    public sealed record Row(string Origin, DateTime Start, int Flights, int Delay, int LeastDelay, int Longest, double AverageDelay);
}
