namespace Weir.Oracle.Tests.Queries;

/// <summary>Sessions of departures: three hours without a flight end one.</summary>
public sealed class SessionTests(Postgres postgres)
{
    // Gaps and islands: a flight more than the gap behind the one before it begins an island. Windows that touch are one.
    private const string Sql = """
        WITH gaps AS (
            SELECT *, departure - lag(departure) OVER by_time > interval '3 hours' AS begins
            FROM flights
            WINDOW by_time AS (PARTITION BY origin ORDER BY departure, arrival)),
        islands AS (
            SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY origin ORDER BY departure, arrival) AS island
            FROM gaps)
        SELECT origin, min(departure), max(departure) + interval '3 hours', count(*), sum(delay)
        FROM islands
        GROUP BY origin, island
        """;

    [Fact]
    public Task Sessions_agree_with_sql() => Oracle.Agrees<Row>(postgres, Sql, rows: 11_108, Define, FlightData.InPieces);

    [Pipeline]
    internal static void Define(Job job, ISource<Flight> source, ISink<Row> sink) => job
        .From(source)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .KeyBy(f => f.Origin)
        .Window(SessionWindow.WithGap(TimeSpan.FromHours(3)))
        .Aggregate(g => new Row(g.Key, g.Window.Start, g.Window.End, g.Count(), g.Sum(f => f.Delay)))
        .To(sink);

    public sealed record Row(string Origin, DateTime Start, DateTime End, int Flights, int Delay);
}
