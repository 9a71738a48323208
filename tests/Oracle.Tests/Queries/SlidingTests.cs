namespace Weir.Oracle.Tests.Queries;

/// <summary>The flights of each airport in seven hours, every three hours: the size is no multiple of the slide.</summary>
public sealed class SlidingTests(Postgres postgres)
{
    private const string Sql = """
        WITH windows AS (
            SELECT s AS window_start, s + interval '7 hours' AS window_end
            FROM generate_series(timestamp '2000-12-31', timestamp '2001-04-02', interval '3 hours') AS s)
        SELECT origin, window_start, window_end, count(*), sum(delay), max(distance)
        FROM windows JOIN flights ON departure >= window_start AND departure < window_end
        GROUP BY 1, 2, 3
        """;

    [Fact]
    public Task Sliding_windows_agree_with_sql() => Oracle.Agrees<Row>(postgres, Sql, rows: 27_051, Define, FlightData.InPieces);

    [Pipeline]
    internal static void Define(Job job, ISource<Flight> source, ISink<Row> sink) => job
        .From(source)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .KeyBy(f => f.Origin)
        .Window(Sliding.Of(TimeSpan.FromHours(7), TimeSpan.FromHours(3)))
        .Aggregate(g => new Row(g.Key, g.Window.Start, g.Window.End, g.Count(), g.Sum(f => f.Delay), g.Max(f => f.Distance)))
        .To(sink);

    public sealed record Row(string Origin, DateTime Start, DateTime End, int Flights, int Delay, int Longest);
}
