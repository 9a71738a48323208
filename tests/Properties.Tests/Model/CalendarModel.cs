namespace Weir.Properties.Tests.Model;

/// <summary>Days, weeks and months of a place, found by looking at its clocks every quarter of an hour.</summary>
internal static class CalendarModel
{
    private const long QuarterOfAnHour = 900 * EventTime.Second;
    private const long Hour = 4 * QuarterOfAnHour;

    private static readonly (string Unit, Func<DateTime, DateTime> First, Func<DateTime, DateTime> Next, Func<TimeZoneInfo, WindowKind> Kind)[]
        Units =
    [
        ("days", date => date, date => date.AddDays(1), CalendarWindow.Days),
        ("weeks", date => date.AddDays(-(((int)date.DayOfWeek + 6) % 7)), date => date.AddDays(7), zone => CalendarWindow.Weeks(zone)),
        ("months", date => new(date.Year, date.Month, 1), date => date.AddMonths(1), CalendarWindow.Months),
        ("quarters", date => new(date.Year, (((date.Month - 1) / 3) * 3) + 1, 1), date => date.AddMonths(3), CalendarWindow.Quarters),
        ("years", date => new(date.Year, 1, 1), date => date.AddYears(1), CalendarWindow.Years),
    ];

    /// <summary>Clocks that are set in spring and autumn, at midnight, by half an hour, and never.</summary>
    public static string[] Zones { get; } =
        ["Europe/Berlin", "America/New_York", "America/Sao_Paulo", "America/Havana", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];

    public static int UnitCount => Units.Length;

    /// <summary>The windows of a unit in a zone, over records that lie around a moment.</summary>
    public static WindowsOf Of(int unit, string zoneName, long origin)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        var (_, first, next, kind) = Units[unit];
        return new WindowsOf(kind(zone), time => [Window(time)], Step: unit == 0 ? 3 * Hour : 40 * Hour, Origin: origin);

        (long Start, long End) Window(long time)
        {
            // Where clocks are set back over midnight, a moment belongs to the day behind the one they show.
            var shown = Shown(time, zone).Date;
            var firstDay = first(shown.AddDays(1));
            for (var day = FirstMoment(firstDay, zone) <= time ? firstDay : first(shown); ; day = first(day.AddDays(-1)))
            {
                var start = FirstMoment(day, zone);
                if (start <= time)
                {
                    return (start, FirstMoment(next(day), zone));
                }
            }
        }
    }

    /// <summary>The first moment at which the clocks of a place show a date, or a later one.</summary>
    private static long FirstMoment(DateTime date, TimeZoneInfo zone)
    {
        var moment = EventTime.Of(DateTime.SpecifyKind(date, DateTimeKind.Utc)) - (26 * Hour);
        while (Shown(moment, zone) < date)
        {
            moment += QuarterOfAnHour;
        }

        return moment;
    }

    private static DateTime Shown(long time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeFromUtc(EventTime.ToDateTime(time), zone);
}
