using System.Globalization;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>Days, weeks, months, quarters and years where clocks are set.</summary>
public sealed class CalendarWindowTests
{
    private const string Berlin = "Europe/Berlin";
    private const string SaoPaulo = "America/Sao_Paulo";
    private const string Beirut = "Asia/Beirut";
    private const string Havana = "America/Havana";
    private const string Apia = "Pacific/Apia";

    [Theory]
    [InlineData(Berlin, "2024-03-31T12:00Z", "2024-03-30T23:00Z", 23)]
    [InlineData(Berlin, "2024-10-27T00:30Z", "2024-10-26T22:00Z", 25)]
    [InlineData(Berlin, "2024-10-27T01:30Z", "2024-10-26T22:00Z", 25)]
    [InlineData(Berlin, "2024-07-01T21:59Z", "2024-06-30T22:00Z", 24)]

    // Midnight does not exist: the day begins at one.
    [InlineData(SaoPaulo, "2018-11-04T03:00Z", "2018-11-04T03:00Z", 23)]
    [InlineData(SaoPaulo, "2018-11-04T02:59Z", "2018-11-03T03:00Z", 24)]
    [InlineData(Beirut, "2021-03-27T22:00Z", "2021-03-27T22:00Z", 23)]

    // The last hour of the day comes twice.
    [InlineData(SaoPaulo, "2018-02-18T02:30Z", "2018-02-17T02:00Z", 25)]
    [InlineData(SaoPaulo, "2018-02-18T03:00Z", "2018-02-18T03:00Z", 24)]
    [InlineData(Beirut, "2020-10-24T21:30Z", "2020-10-23T21:00Z", 25)]

    // Midnight comes twice: the day begins with the first.
    [InlineData(Havana, "2020-11-01T04:00Z", "2020-11-01T04:00Z", 25)]
    [InlineData(Havana, "2020-11-01T05:30Z", "2020-11-01T04:00Z", 25)]

    // The place skipped the 30th.
    [InlineData(Apia, "2011-12-30T09:59Z", "2011-12-29T10:00Z", 24)]
    [InlineData(Apia, "2011-12-30T10:00Z", "2011-12-30T10:00Z", 24)]
    [InlineData("UTC", "1969-12-31T23:59Z", "1969-12-31T00:00Z", 24)]
    [InlineData("Asia/Kathmandu", "2024-01-01T18:14Z", "2023-12-31T18:15Z", 24)]
    public void A_day_is_as_long_as_the_place_makes_it(string zone, string time, string start, int hours)
    {
        var window = CalendarWindow.Days(Zone(zone)).Of(Time(time));
        Assert.Equal((Time(start), hours * 3_600_000_000L), (window.StartTime, window.EndTime - window.StartTime));
    }

    [Theory]
    [InlineData("2024-03-31T21:59Z", DayOfWeek.Monday, "2024-03-24T23:00Z", "2024-03-31T22:00Z")]
    [InlineData("2024-03-31T21:59Z", DayOfWeek.Sunday, "2024-03-30T23:00Z", "2024-04-06T22:00Z")]
    [InlineData("2024-03-30T22:59Z", DayOfWeek.Sunday, "2024-03-23T23:00Z", "2024-03-30T23:00Z")]
    [InlineData("1969-12-31T12:00Z", DayOfWeek.Monday, "1969-12-28T23:00Z", "1970-01-04T23:00Z")]
    public void A_week_begins_with_the_day_that_was_said(string time, DayOfWeek firstDay, string start, string end) =>
        Assert.Equal(new TimeWindow(Time(start), Time(end)), CalendarWindow.Weeks(Zone(Berlin), firstDay).Of(Time(time)));

    [Fact]
    public void Months_quarters_and_years_follow_the_calendar()
    {
        var zone = Zone(Berlin);
        var time = Time("2024-02-29T23:30Z");
        Assert.Equal(new TimeWindow(Time("2024-02-29T23:00Z"), Time("2024-03-31T22:00Z")), CalendarWindow.Months(zone).Of(time));
        Assert.Equal(new TimeWindow(Time("2023-12-31T23:00Z"), Time("2024-03-31T22:00Z")), CalendarWindow.Quarters(zone).Of(time));
        Assert.Equal(new TimeWindow(Time("2023-12-31T23:00Z"), Time("2024-12-31T23:00Z")), CalendarWindow.Years(zone).Of(time));
        Assert.Equal(
            new TimeWindow(Time("2024-02-01T00:00Z"), Time("2024-03-01T00:00Z")),
            CalendarWindow.Months(TimeZoneInfo.Utc).Of(time));
    }

    [Theory]
    [InlineData(Berlin)]
    [InlineData(SaoPaulo)]
    [InlineData(Beirut)]
    [InlineData(Apia)]
    [InlineData("America/New_York")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Australia/Lord_Howe")]
    public void Each_hour_is_in_the_window_of_the_date_that_clocks_show(string name)
    {
        var zone = Zone(name);
        AlignedWindows[] kinds =
        [
            CalendarWindow.Days(zone), CalendarWindow.Weeks(zone, DayOfWeek.Saturday), CalendarWindow.Months(zone),
            CalendarWindow.Quarters(zone), CalendarWindow.Years(zone),
        ];
        DateTime Local(long time) => TimeZoneInfo.ConvertTimeFromUtc(EventTime.ToDateTime(time), zone).Date;
        var last = new TimeWindow?[kinds.Length];
        for (var time = Time("2010-12-30T00:00Z"); time < Time("2020-01-05T00:00Z"); time += 3_600_000_000)
        {
            var local = Local(time);
            DateTime[] starts =
            [
                local, local.AddDays(-(((int)local.DayOfWeek + 1) % 7)), new(local.Year, local.Month, 1),
                new(local.Year, local.Month - ((local.Month - 1) % 3), 1), new(local.Year, 1, 1),
            ];
            for (var i = 0; i < kinds.Length; i++)
            {
                var window = kinds[i].SliceOf(time);
                Assert.True(window.StartTime <= time && time < window.EndTime);
                Assert.True(Local(window.StartTime) >= starts[i] && Local(window.StartTime - 1) < starts[i], $"{kinds[i]} of {time}");
                Assert.True(last[i] is null || last[i] == window || last[i]!.Value.EndTime == window.StartTime);
                last[i] = window;
            }
        }
    }

    [Fact]
    public void H19_calendar_windows_reach_the_ends_of_time()
    {
        long[] times =
        [
            long.MinValue, long.MinValue + 1, EventTime.Of(DateTime.MinValue) - 1, EventTime.Of(DateTime.MinValue), -1, 0,
            EventTime.Of(DateTime.MaxValue), EventTime.Of(DateTime.MaxValue) + 1, long.MaxValue - 1, long.MaxValue,
        ];
        foreach (var zone in new[] { TimeZoneInfo.Utc, Zone(Berlin), Zone(Apia), Zone("America/New_York") })
        {
            AlignedWindows[] kinds =
            [
                CalendarWindow.Days(zone), CalendarWindow.Weeks(zone), CalendarWindow.Months(zone), CalendarWindow.Years(zone),
            ];
            foreach (var (windows, time) in kinds.SelectMany(windows => times.Select(time => (windows, time))))
            {
                var window = windows.SliceOf(time);
                Assert.True(window.StartTime <= time && (time < window.EndTime || time == long.MaxValue), $"{windows} of {time}");
                Assert.Equal(window, windows.SliceOf(window.StartTime));
                Assert.Equal(window, windows.SliceOf(window.EndTime - 1));
            }
        }
    }

    [Fact]
    public void Calendar_windows_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => CalendarWindow.Days(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarWindow.Weeks(TimeZoneInfo.Utc, (DayOfWeek)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalendarWindow.Weeks(TimeZoneInfo.Utc, (DayOfWeek)(-1)));
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private static long Time(string time) =>
        EventTime.Of(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime);
}
