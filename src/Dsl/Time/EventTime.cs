using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>Event time is a <see cref="long"/>: microseconds since 1970-01-01T00:00:00Z, negative before it.</summary>
public static class EventTime
{
    /// <summary>Microseconds in a second.</summary>
    public const long Second = 1_000_000;

    /// <summary>
    /// Converts an instant; of kind <see cref="DateTimeKind.Unspecified"/> it counts as UTC. Parts of a microsecond are cut off.
    /// </summary>
    /// <param name="instant">The instant.</param>
    /// <returns>Microseconds since the Unix epoch.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(DateTime instant) =>
        instant.Kind == DateTimeKind.Local ? OfTicks(instant.ToUniversalTime().Ticks) : OfTicks(instant.Ticks);

    /// <summary>Converts an instant. Parts of a microsecond are cut off.</summary>
    /// <param name="instant">The instant.</param>
    /// <returns>Microseconds since the Unix epoch.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(DateTimeOffset instant) => OfTicks(instant.UtcTicks);

    /// <summary>Converts a duration. Parts of a microsecond are cut off.</summary>
    /// <param name="duration">The duration.</param>
    /// <returns>Microseconds.</returns>
    public static long Of(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A time a while later; the end of time where that lies beyond it, and its beginning on the other side.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <param name="duration">How much later; negative for earlier.</param>
    /// <returns>The time.</returns>
    public static long Later(long time, TimeSpan duration)
    {
        var later = (Int128)time + Of(duration);
        return (long)Int128.Clamp(later, long.MinValue, long.MaxValue);
    }

    /// <summary>Converts back; times outside the range of <see cref="DateTime"/> become its ends.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>The instant, of kind UTC.</returns>
    public static DateTime ToDateTime(long time) =>
        time <= MinMicroseconds ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)
        : time >= MaxMicroseconds ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)
        : new DateTime((time * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc);

    private static readonly long MinMicroseconds = OfTicks(DateTime.MinValue.Ticks);
    private static readonly long MaxMicroseconds = OfTicks(DateTime.MaxValue.Ticks);

    // Ticks of a DateTime are not negative: dividing before subtracting rounds down on both sides of the epoch.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long OfTicks(long ticks) =>
        (long)((ulong)ticks / TimeSpan.TicksPerMicrosecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);
}
