namespace Weir;

/// <summary>The Gregorian calendar by days since the Unix epoch, for all days that event time reaches.</summary>
/// <remarks>
/// Not <see cref="DateOnly"/>, which knows 10,000 years of the 580,000. Eras of 400 years that begin in March, as in H. Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms".
/// </remarks>
internal static class CivilDate
{
    private const long DaysOfEra = 146_097;

    // From 0000-03-01 to 1970-01-01.
    private const long DaysToEpoch = 719_468;

    /// <summary>The first day of the period that a day is in.</summary>
    public static long FirstDayOf(long day, CalendarUnit unit, DayOfWeek firstDay)
    {
        switch (unit)
        {
            case CalendarUnit.Day:
                return day;
            case CalendarUnit.Week:
                // 1970-01-01 was a Thursday.
                return day - Modulo(day + (long)DayOfWeek.Thursday - (long)firstDay, 7);
            default:
                var month = MonthOf(day);
                return FirstDayOf(month - Modulo(month, MonthsOf(unit)));
        }
    }

    /// <summary>The first day of the period behind the one that begins with a day.</summary>
    public static long NextOf(long firstDay, CalendarUnit unit) => unit switch
    {
        CalendarUnit.Day => firstDay + 1,
        CalendarUnit.Week => firstDay + 7,
        _ => FirstDayOf(MonthOf(firstDay) + MonthsOf(unit)),
    };

    private static long MonthsOf(CalendarUnit unit) => unit switch
    {
        CalendarUnit.Month => 1,
        CalendarUnit.Quarter => 3,
        _ => 12,
    };

    // Months since January of the year 0.
    private static long MonthOf(long day)
    {
        day += DaysToEpoch;
        var dayOfEra = Modulo(day, DaysOfEra);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        var year = yearOfEra + ((day - dayOfEra) / DaysOfEra * 400);
        return (year * 12) + monthFromMarch + 2;
    }

    private static long FirstDayOf(long month)
    {
        var fromMarch = month - 2;
        var monthFromMarch = Modulo(fromMarch, 12);
        var year = (fromMarch - monthFromMarch) / 12;
        var yearOfEra = Modulo(year, 400);
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + (((153 * monthFromMarch) + 2) / 5);
        return ((year - yearOfEra) / 400 * DaysOfEra) + dayOfEra - DaysToEpoch;
    }

    private static long Modulo(long value, long by)
    {
        var remainder = value % by;
        return remainder < 0 ? remainder + by : remainder;
    }
}
