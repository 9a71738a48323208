namespace Weir;

/// <summary>
/// What a <see cref="KeyedProcess{TKey, TIn, TOut}"/> may ask and do during a call: about the current key and the record or timer at hand.
/// </summary>
/// <remarks>
/// <para>Times are microseconds since the Unix epoch (<see cref="EventTime"/>). Valid during the call only and on its thread: keep no
/// reference to it.</para>
/// <para>What is emitted follows the call's record or timer at once, and what a watermark makes timers emit comes before that watermark
/// (semantics R8, R9). One call may emit any number of records: those that there is no room for wait in memory until there is.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
public abstract class ProcessContext<TKey, TOut>
{
    private protected ProcessContext()
    {
    }

    /// <summary>Gets the current key: whose record or timer it is. States show its values.</summary>
    public abstract TKey Key { get; }

    /// <summary>
    /// Gets the event time of the record, or that of an event timer; null for a record without one and for a processing timer.
    /// </summary>
    public abstract long? Time { get; }

    /// <summary>
    /// Gets the watermark: no record at or before it is expected any more. <see cref="long.MinValue"/> before the first one,
    /// <see cref="long.MaxValue"/> at the end of the stream. A record at or before it is late, and comes all the same (semantics D1).
    /// </summary>
    public abstract long Watermark { get; }

    /// <summary>Gets the processing time: that of the job's clock; within a processing timer the time for which timers fire.</summary>
    /// <remarks>It differs from run to run: a result that is made of it cannot be repeated by a replay.</remarks>
    public abstract long ProcessingTime { get; }

    /// <summary>Puts out a result. It has the event time of the record or event timer; none where <see cref="Time"/> is null.</summary>
    /// <param name="result">The result.</param>
    public abstract void Emit(TOut result);

    /// <summary>Puts out a record beside the results.</summary>
    /// <remarks>Its event time is that of the record or timer, of a processing timer too (semantics D8).</remarks>
    /// <typeparam name="TSide">The records of the side output.</typeparam>
    /// <param name="side">Where to. If nobody takes its records, it is dropped.</param>
    /// <param name="record">The record.</param>
    public abstract void Emit<TSide>(SideOutput<TSide> side, TSide record);

    /// <summary>Wishes to be called when the watermark reaches a time.</summary>
    /// <remarks>
    /// A set: a key has one timer of a name and time, however often it is registered. One that is not after the watermark fires with the
    /// next watermark, or, out of a timer, with this one. At the end of a bounded stream the watermark reaches
    /// <see cref="long.MaxValue"/> and every event timer fires: a timer that always registers its successor must stop then.
    /// </remarks>
    /// <param name="time">The event time.</param>
    /// <param name="name">Tells timers of one key apart.</param>
    /// <returns>Whether it was not registered yet.</returns>
    public abstract bool RegisterEventTimer(long time, string name = "");

    /// <summary>Wishes to be called when the watermark is a while behind the time of the record or event timer.</summary>
    /// <param name="delay">How long behind <see cref="Time"/>.</param>
    /// <param name="name">Tells timers of one key apart.</param>
    /// <returns>The time that it is registered for: what it is deleted by.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Time"/> is null.</exception>
    public long RegisterEventTimerAfter(TimeSpan delay, string name = "")
    {
        var time = EventTime.Later(
            Time ?? throw new InvalidOperationException(
                "An event timer counts from the time of the record, but this one has none. Call WithEventTime before KeyBy, or register a "
                    + "processing timer."),
            delay);
        RegisterEventTimer(time, name);
        return time;
    }

    /// <summary>Takes an event timer of the current key back, by its exact time and name. One that is not there is no mistake.</summary>
    /// <param name="time">The event time that it was registered for.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Whether it was registered.</returns>
    public abstract bool DeleteEventTimer(long time, string name = "");

    /// <summary>Wishes to be called when the job's clock reaches a time; at once if it has.</summary>
    /// <remarks>
    /// A set, as that of event timers. Timers that wait when a bounded stream ends do not fire any more. After a restore those whose time
    /// has passed meanwhile fire at once.
    /// </remarks>
    /// <param name="time">The processing time.</param>
    /// <param name="name">Tells timers of one key apart.</param>
    /// <returns>Whether it was not registered yet.</returns>
    public abstract bool RegisterProcessingTimer(long time, string name = "");

    /// <summary>Wishes to be called when the job's clock has moved on by a while.</summary>
    /// <param name="delay">How long from now.</param>
    /// <param name="name">Tells timers of one key apart.</param>
    /// <returns>The time that it is registered for: what it is deleted by.</returns>
    public long RegisterProcessingTimerAfter(TimeSpan delay, string name = "")
    {
        var time = EventTime.Later(ProcessingTime, delay);
        RegisterProcessingTimer(time, name);
        return time;
    }

    /// <summary>
    /// Takes a processing timer of the current key back, by its exact time and name. One that is not there is no mistake.
    /// </summary>
    /// <param name="time">The processing time that it was registered for.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Whether it was registered.</returns>
    public abstract bool DeleteProcessingTimer(long time, string name = "");
}
