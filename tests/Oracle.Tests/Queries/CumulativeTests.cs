namespace Weir.Oracle.Tests.Queries;

/// <summary>The flights of each airport since midnight, at six, twelve, eighteen and twenty-four o'clock.</summary>
public sealed class CumulativeTests(Postgres postgres)
{
    private const string Sql = """
        SELECT origin, day, day + step * interval '6 hours', count(*), sum(delay)
        FROM flights,
             LATERAL (SELECT departure::date::timestamp AS day) AS days,
             generate_series(1, 4) AS step
        WHERE departure < day + step * interval '6 hours'
        GROUP BY 1, 2, 3
        """;

    [Fact]
    public Task Cumulative_windows_agree_with_sql() => Oracle.Agrees<Row>(postgres, Sql, rows: 18_011, Define, FlightData.InPieces);

    [Pipeline]
    internal static void Define(Job job, ISource<Flight> source, ISink<Row> sink) => job
        .From(source)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .KeyBy(f => f.Origin)
        .Window(Cumulative.Of(TimeSpan.FromDays(1), TimeSpan.FromHours(6)))
        .Aggregate(g => new Row(g.Key, g.Window.Start, g.Window.End, g.Count(), g.Sum(f => f.Delay)))
        .To(sink);

    public sealed record Row(string Origin, DateTime Start, DateTime End, int Flights, int Delay);
}
