namespace Weir.Oracle.Tests.Queries;

/// <summary>How many flights each airport has had so far, and how late they were together, at each flight.</summary>
public sealed class RunningSumTests(Postgres postgres)
{
    private const string Sql = """
        SELECT origin, departure, destination, count(*) OVER so_far, sum(delay) OVER so_far
        FROM flights
        WINDOW so_far AS (PARTITION BY origin ORDER BY arrival ROWS UNBOUNDED PRECEDING)
        """;

    [Fact]
    public Task Running_sums_agree_with_sql() => Oracle.Agrees<Row>(postgres, Sql, rows: 20_000, Define, FlightData.InOrder);

    [Pipeline]
    internal static void Define(Job job, ISource<Flight> source, ISink<Row> sink) => job
        .From(source)
        .KeyBy(f => f.Origin)
        .Aggregate(g => new Row(
            g.Key, g.Select(f => f.Departure).Last(), g.Select(f => f.Destination).Last(), g.Count(), g.Sum(f => f.Delay)))
        .To(sink);

    public sealed record Row(string Origin, DateTime Departure, string Destination, int Flights, int Delay);
}
