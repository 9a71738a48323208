namespace Weir.Oracle.Tests.Queries;

/// <summary>The flights of each airport in each week of Berlin. Clocks are set there on 2001-03-25: that week has 167 hours.</summary>
public sealed class CalendarWeekTests(Postgres postgres)
{
    // The rules of time zones are the server's own copy of them.
    private const string Sql = """
        SELECT origin,
               week AT TIME ZONE 'Europe/Berlin' AT TIME ZONE 'UTC',
               (week + interval '1 week') AT TIME ZONE 'Europe/Berlin' AT TIME ZONE 'UTC',
               count(*), min(delay), avg(distance)::float8
        FROM flights,
             LATERAL (SELECT date_trunc('week', departure AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Berlin') AS week) AS weeks
        GROUP BY 1, 2, 3
        """;

    [Fact]
    public Task Weeks_of_Berlin_agree_with_sql_over_the_change_of_clocks() =>
        Oracle.Agrees<Row>(postgres, Sql, rows: 1_905, Define, FlightData.InPieces);

    [Fact]
    public void The_week_in_which_clocks_are_set_has_an_hour_less()
    {
        var week = CalendarWindow.Weeks(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"))
            .Of(EventTime.Of(new DateTime(2001, 3, 25, 12, 0, 0, DateTimeKind.Utc)));

        Assert.Equal(TimeSpan.FromHours(167), week.End - week.Start);
    }

    [Pipeline]
    internal static void Define(Job job, ISource<Flight> source, ISink<Row> sink) => job
        .From(source)
        .WithEventTime(f => f.Departure, maxDisorder: TimeSpan.FromHours(1))
        .KeyBy(f => f.Origin)
        .Window(CalendarWindow.Weeks(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")))
        .Aggregate(g => new Row(
            g.Key, g.Window.Start, g.Window.End, g.Count(), g.Min(f => f.Delay), g.Average(f => f.Distance)))
        .To(sink);

    public sealed record Row(string Origin, DateTime Start, DateTime End, int Flights, int LeastDelay, double AverageDistance);
}
