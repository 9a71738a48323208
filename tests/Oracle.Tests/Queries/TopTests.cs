namespace Weir.Oracle.Tests.Queries;

/// <summary>The three latest flights of each airport on each day; of equally late ones the one that the file has first.</summary>
public sealed class TopTests(Postgres postgres)
{
    private const string Sql = """
        SELECT origin, day, rank, destination, delay FROM (
            SELECT origin, departure::date::timestamp AS day, destination, delay,
                   row_number() OVER (PARTITION BY origin, departure::date ORDER BY delay DESC, arrival) AS rank
            FROM flights) AS ranked
        WHERE rank <= 3
        """;

    [Fact]
    public Task The_latest_of_each_day_agree_with_sql() => Oracle.Agrees<Row>(postgres, Sql, rows: 13_502, Define, FlightData.InOrder);

    [Pipeline]
    internal static void Define(Job job, ISource<Flight> source, ISink<Row> sink) => job
        .From(source)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.Zero)
        .KeyBy(f => f.Origin)
        .Window(Tumbling.Of(TimeSpan.FromDays(1)))
        .TopN(3, f => f.Delay, (origin, day, rank, f) => new Row(origin, day.Start, rank, f.Destination, f.Delay))
        .To(sink);

    public sealed record Row(string Origin, DateTime Day, int Rank, string Destination, int Delay);
}
