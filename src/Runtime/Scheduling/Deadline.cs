namespace Weir.Runtime.Scheduling;

/// <summary>A moment on the monotonic clock of a <see cref="TimeProvider"/>: when somebody wants to be stepped again.</summary>
/// <remarks>Monotonic, so that a wall clock that is set forward or back neither hastens nor holds up anything.</remarks>
/// <param name="Timestamp">As <see cref="TimeProvider.GetTimestamp"/> counts.</param>
internal readonly record struct Deadline(long Timestamp) : IComparable<Deadline>
{
    /// <summary>No moment at all: only a wake helps.</summary>
    public static readonly Deadline Never = new(long.MaxValue);

    /// <summary>Gets a value indicating whether it never comes.</summary>
    public bool IsNever => Timestamp == long.MaxValue;

    /// <summary>The moment some time from now; never before that time has passed.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="delay">How long from now; what is not positive is now. A delay beyond the clock's range is never.</param>
    /// <returns>The moment.</returns>
    public static Deadline In(TimeProvider time, TimeSpan delay)
    {
        ArgumentNullException.ThrowIfNull(time);
        return After(time, time.GetTimestamp(), delay);
    }

    /// <summary>The moment some time after an earlier reading of the clock.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="start">What <see cref="TimeProvider.GetTimestamp"/> said then.</param>
    /// <param name="delay">How long from then; a delay beyond the clock's range is never.</param>
    /// <returns>The moment.</returns>
    public static Deadline After(TimeProvider time, long start, TimeSpan delay)
    {
        ArgumentNullException.ThrowIfNull(time);
        var units = Int128.Max(
            0, (((Int128)delay.Ticks * time.TimestampFrequency) + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);
        var moment = start + units;
        return moment >= long.MaxValue ? Never : new Deadline((long)moment);
    }

    /// <summary>The earlier of two moments.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The earlier.</returns>
    public static Deadline Earlier(Deadline left, Deadline right) => left.Timestamp <= right.Timestamp ? left : right;

    /// <summary>How long it is until then.</summary>
    /// <param name="time">The clock.</param>
    /// <returns>Zero if it has come; <see cref="TimeSpan.MaxValue"/> if it never does.</returns>
    public TimeSpan Left(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (IsNever)
        {
            return TimeSpan.MaxValue;
        }

        var units = (Int128)Timestamp - time.GetTimestamp();
        var ticks = ((units * TimeSpan.TicksPerSecond) + time.TimestampFrequency - 1) / time.TimestampFrequency;
        return units <= 0 ? TimeSpan.Zero : new TimeSpan((long)Int128.Min(ticks, long.MaxValue));
    }

    /// <inheritdoc/>
    public int CompareTo(Deadline other) => Timestamp.CompareTo(other.Timestamp);

    /// <summary>Whether it comes before.</summary>
    public static bool operator <(Deadline left, Deadline right) => left.Timestamp < right.Timestamp;

    /// <summary>Whether it comes after.</summary>
    public static bool operator >(Deadline left, Deadline right) => left.Timestamp > right.Timestamp;

    /// <summary>Whether it does not come after.</summary>
    public static bool operator <=(Deadline left, Deadline right) => left.Timestamp <= right.Timestamp;

    /// <summary>Whether it does not come before.</summary>
    public static bool operator >=(Deadline left, Deadline right) => left.Timestamp >= right.Timestamp;
}
