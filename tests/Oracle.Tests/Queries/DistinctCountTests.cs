namespace Weir.Oracle.Tests.Queries;

/// <summary>How many airports each airport sent flights to on each day.</summary>
public sealed class DistinctCountTests(Postgres postgres)
{
    private const string Sql = """
        SELECT origin, departure::date::timestamp, count(DISTINCT destination), count(*)
        FROM flights
        GROUP BY origin, departure::date
        """;

    [Fact]
    public Task Distinct_counts_agree_with_sql() => Oracle.Agrees<Row>(postgres, Sql, rows: 6_901, Define, FlightData.InPieces);

    [Pipeline]
    internal static void Define(Job job, ISource<Flight> source, ISink<Row> sink) => job
        .From(source)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .KeyBy(f => f.Origin)
        .Window(Tumbling.Of(TimeSpan.FromDays(1)))
        .Aggregate(g => new Row(g.Key, g.Window.Start, g.Select(f => f.Destination).Distinct().Count(), g.Count()))
        .To(sink);

    public sealed record Row(string Origin, DateTime Day, int Destinations, int Flights);
}
