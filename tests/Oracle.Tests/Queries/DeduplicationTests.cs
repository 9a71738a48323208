namespace Weir.Oracle.Tests.Queries;

/// <summary>The first flight of each route, and then the next one that is a week or more behind the last that was told.</summary>
public sealed class DeduplicationTests(Postgres postgres)
{
    // Each step of the recursion is the next flight of each route.
    private const string Sql = """
        WITH RECURSIVE told AS (
            (SELECT DISTINCT ON (origin, destination) origin, destination, departure, delay
             FROM flights
             ORDER BY origin, destination, arrival)
            UNION ALL
            SELECT next.*
            FROM told,
                 LATERAL (SELECT f.origin, f.destination, f.departure, f.delay
                          FROM flights f
                          WHERE f.origin = told.origin AND f.destination = told.destination
                            AND f.departure >= told.departure + interval '7 days'
                          ORDER BY f.arrival
                          LIMIT 1) AS next)
        SELECT origin, destination, departure, delay FROM told
        """;

    [Fact]
    public Task Deduplication_agrees_with_sql() => Oracle.Agrees<Row>(postgres, Sql, rows: 11_654, Define, FlightData.InOrder);

    [Pipeline]
    internal static void Define(Job job, ISource<Flight> source, ISink<Row> sink) => job
        .From(source)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.Zero)
        .KeyBy(f => (f.Origin, f.Destination))
        .Deduplicate(TimeSpan.FromDays(7))
        .Select(f => new Row(f.Origin, f.Destination, f.Departure, f.Delay))
        .To(sink);

    public sealed record Row(string Origin, string Destination, DateTime Departure, int Delay);
}
