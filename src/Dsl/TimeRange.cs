using System.Globalization;

namespace Weir;

/// <summary>The event times of some records.</summary>
/// <param name="Earliest">In microseconds since the Unix epoch.</param>
/// <param name="Latest">The same as the earliest, of one record.</param>
internal readonly record struct TimeRange(long Earliest, long Latest)
{
    /// <summary>The times of records; null if they have none.</summary>
    public static TimeRange? Of(ReadOnlySpan<long> times)
    {
        if (times.IsEmpty)
        {
            return null;
        }

        var range = new TimeRange(times[0], times[0]);
        foreach (var time in times)
        {
            range = range.With(time);
        }

        return range;
    }

    /// <summary>The same with one more time.</summary>
    public TimeRange With(long time) => new(Math.Min(Earliest, time), Math.Max(Latest, time));

    /// <summary>An event time as people read it; in microseconds where the calendar ends.</summary>
    public static string Text(long time)
    {
        var instant = EventTime.ToDateTime(time);
        return EventTime.Of(instant) == time
            ? instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{time} µs");
    }
}
