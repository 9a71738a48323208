namespace Weir.Runtime.Time;

/// <summary>Asks a generator of watermarks about each record: for loops over stages that need each record.</summary>
/// <remarks>
/// A loop calls <see cref="Begin"/> with the lane of the batch, <see cref="OnRecord"/> once for each record to which it gave a time, in
/// order, and then <see cref="EventTimeClock.Observe"/>, which passes the watermark on.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
public abstract class LaneMarks<T>
{
    private protected LaneMarks()
    {
    }

    /// <summary>The records that follow are of a lane.</summary>
    /// <param name="lane">The lane.</param>
    public abstract void Begin(int lane);

    /// <summary>A record has got its time.</summary>
    /// <param name="value">The record.</param>
    /// <param name="time">Its event time, in microseconds since the Unix epoch.</param>
    public abstract void OnRecord(in T value, long time);
}
