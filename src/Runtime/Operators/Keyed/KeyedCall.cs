using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State.Handles;
using Weir.Runtime.State.Timers;

namespace Weir.Runtime.Operators.Keyed;

/// <summary>What a process is given at each call: one object for all calls of a subtask.</summary>
internal sealed class KeyedCall<TKey, TOut>(
    KeyScope<TKey> scope,
    Outlets<TOut> outlets,
    TimerQueue<TKey, string, TimerKeys<TKey>> eventTimers,
    TimerQueue<TKey, string, TimerKeys<TKey>> processingTimers,
    ProcessingClock clock)
    : ProcessContext<TKey, TOut>
{
    private const string Self = "context";

    // Of the record or timer; the least number for none.
    private long _time;

    // What results carry: as the time, but none for a processing timer.
    private long _resultTime;

    /// <summary>Gets or sets the watermark.</summary>
    public Streams.Watermark CurrentWatermark { get; set; } = Streams.Watermark.None;

    /// <summary>Gets or sets the time for which processing timers fire; null if none do.</summary>
    public long? Now { get; set; }

    public override TKey Key
    {
        get
        {
            scope.Check(Self);
            return scope.Key;
        }
    }

    public override long? Time => _resultTime == long.MinValue ? null : _resultTime;

    public override long Watermark => CurrentWatermark.Time;

    public override long ProcessingTime => Now ?? clock.Now;

    /// <summary>It is the turn of a record.</summary>
    public void OnRecord(TKey key, long time)
    {
        scope.Enter(key);
        _time = time;
        _resultTime = time;
    }

    /// <summary>It is the turn of a timer.</summary>
    public void OnTimer(TKey key, long time, bool isEventTime)
    {
        scope.Enter(key);
        _time = time;
        _resultTime = isEventTime ? time : long.MinValue;
    }

    public override void Emit(TOut result)
    {
        scope.Check(Self);
        outlets.Main.Add(result, _resultTime);
    }

    public override void Emit<TSide>(SideOutput<TSide> side, TSide record)
    {
        ArgumentNullException.ThrowIfNull(side);
        scope.Check(Self);
        outlets.Of(side)?.Add(record, _time);
    }

    public override bool RegisterEventTimer(long time, string name = "") => Timers(eventTimers, name).Register(scope.Key, name, time);

    public override bool DeleteEventTimer(long time, string name = "") => Timers(eventTimers, name).Delete(scope.Key, name, time);

    public override bool RegisterProcessingTimer(long time, string name = "") =>
        Timers(processingTimers, name).Register(scope.Key, name, time);

    public override bool DeleteProcessingTimer(long time, string name = "") =>
        Timers(processingTimers, name).Delete(scope.Key, name, time);

    private TimerQueue<TKey, string, TimerKeys<TKey>> Timers(TimerQueue<TKey, string, TimerKeys<TKey>> timers, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        scope.Check(Self);
        return timers;
    }
}
