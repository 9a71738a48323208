namespace Weir;

/// <summary>Days, weeks, months, quarters and years as the clocks and calendars of a place show them.</summary>
/// <remarks>
/// <para>A window begins at the first moment of its first day and ends at the first moment of the next window's. So a day has 23 or 25
/// hours where clocks are set. A day whose midnight does not exist begins when clocks are set forward over it; one that has midnight twice
/// begins with the first (NodaTime: <c>AtStartOfDay</c>). A day that a place skipped has no window.</para>
/// <para>The rules of a place come from the machine's time zone data. If they are changed for a time that a checkpoint holds windows of,
/// that checkpoint is refused. The calendar is the Gregorian one, for all times.</para>
/// </remarks>
/// <example><code>.Window(CalendarWindow.Weeks(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")))</code></example>
public sealed record CalendarWindow : AlignedWindows
{
    private readonly RecentSlices _recent = new();

    private CalendarWindow(CalendarUnit unit, TimeZoneInfo zone, DayOfWeek firstDay)
    {
        ArgumentNullException.ThrowIfNull(zone);
        (Unit, Zone, FirstDay) = (unit, zone, firstDay);
    }

    /// <summary>Gets what a window is as long as.</summary>
    public CalendarUnit Unit { get; }

    /// <summary>Gets the place whose clocks count.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Gets the day that weeks begin with.</summary>
    public DayOfWeek FirstDay { get; }

    /// <summary>Days.</summary>
    /// <param name="zone">The place whose clocks count: named, for the local one differs from machine to machine.</param>
    /// <returns>The windows.</returns>
    public static CalendarWindow Days(TimeZoneInfo zone) => new(CalendarUnit.Day, zone, DayOfWeek.Monday);

    /// <summary>Weeks.</summary>
    /// <param name="zone">The place whose clocks count: named, for the local one differs from machine to machine.</param>
    /// <param name="firstDay">The day that weeks begin with: Monday, as ISO 8601 says.</param>
    /// <returns>The windows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The first day is none of the seven.</exception>
    public static CalendarWindow Weeks(TimeZoneInfo zone, DayOfWeek firstDay = DayOfWeek.Monday) =>
        firstDay is >= DayOfWeek.Sunday and <= DayOfWeek.Saturday
            ? new(CalendarUnit.Week, zone, firstDay)
            : throw new ArgumentOutOfRangeException(nameof(firstDay), firstDay, "A week begins with one of the seven days.");

    /// <summary>Months.</summary>
    /// <param name="zone">The place whose clocks count: named, for the local one differs from machine to machine.</param>
    /// <returns>The windows.</returns>
    public static CalendarWindow Months(TimeZoneInfo zone) => new(CalendarUnit.Month, zone, DayOfWeek.Monday);

    /// <summary>Quarters, from January, April, July and October.</summary>
    /// <param name="zone">The place whose clocks count: named, for the local one differs from machine to machine.</param>
    /// <returns>The windows.</returns>
    public static CalendarWindow Quarters(TimeZoneInfo zone) => new(CalendarUnit.Quarter, zone, DayOfWeek.Monday);

    /// <summary>Years.</summary>
    /// <param name="zone">The place whose clocks count: named, for the local one differs from machine to machine.</param>
    /// <returns>The windows.</returns>
    public static CalendarWindow Years(TimeZoneInfo zone) => new(CalendarUnit.Year, zone, DayOfWeek.Monday);

    /// <summary>The window that a time belongs to.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>The window; at the ends of the range of time it is cut short rather than wrapped round.</returns>
    public TimeWindow Of(long time) => SliceOf(time);

    /// <inheritdoc/>
    public override TimeWindow SliceOf(long time)
    {
        if (time == long.MaxValue)
        {
            return SliceOf(time - 1);
        }

        if (!_recent.TryFind(time, out var slice))
        {
            slice = Compute(time);
            _recent.Keep(time, slice);
        }

        return slice;
    }

    /// <inheritdoc/>
    public override string ToString() => Described(Unit == CalendarUnit.Week
        ? $"calendar weeks from {FirstDay} in {Zone.Id}"
        : $"calendar {Unit.ToString().ToLowerInvariant()}s in {Zone.Id}");

    private TimeWindow Compute(long time)
    {
        var clock = new LocalClock(Zone);
        var first = CivilDate.FirstDayOf(clock.DayOf(time), Unit, FirstDay);
        var next = CivilDate.NextOf(first, Unit);
        var (start, end) = (clock.BeginOf(first), clock.BeginOf(next));

        // Clocks that are set back over midnight show the day before once more: those times are in the day that has begun already.
        while (time >= end)
        {
            (start, next) = (end, CivilDate.NextOf(next, Unit));
            end = clock.BeginOf(next);
        }

        return new TimeWindow(start, end);
    }
}
