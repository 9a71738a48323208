namespace Weir.Oracle.Tests.Queries;

/// <summary>How much later than the flight before it, and than the third before it, each flight of an airport was.</summary>
public sealed class LagTests(Postgres postgres)
{
    private const string Sql = """
        SELECT * FROM (
            SELECT origin, departure, delay - lag(delay, 1) OVER by_arrival AS later
            FROM flights
            WINDOW by_arrival AS (PARTITION BY origin ORDER BY arrival)) AS lagged
        WHERE later IS NOT NULL
        """;

    private const string ThirdSql = """
        SELECT origin, departure, coalesce(delay - lag(delay, 3) OVER (PARTITION BY origin ORDER BY arrival), 9999)
        FROM flights
        """;

    [Fact]
    public Task The_record_before_agrees_with_sql() => Oracle.Agrees<Row>(postgres, Sql, rows: 19_780, Define, FlightData.InOrder);

    [Fact]
    public Task The_third_record_before_agrees_with_sql() =>
        Oracle.Agrees<Row>(postgres, ThirdSql, rows: 20_000, DefineThird, FlightData.InOrder);

    [Pipeline]
    internal static void Define(Job job, ISource<Flight> source, ISink<Row> sink) => job
        .From(source)
        .KeyBy(f => f.Origin)
        .Lag((before, now) => new Row(now.Origin, now.Departure, now.Delay - before.Delay))
        .To(sink);

    [Pipeline]
    internal static void DefineThird(Job job, ISource<Flight> source, ISink<Row> sink) => job
        .From(source)
        .KeyBy(f => f.Origin)
        .Lag(3)
        .Select(change => new Row(
            change.New!.Origin, change.New!.Departure, change.HasOld ? change.New!.Delay - change.Old!.Delay : 9999))
        .To(sink);

    public sealed record Row(string Origin, DateTime Departure, int Later);
}
