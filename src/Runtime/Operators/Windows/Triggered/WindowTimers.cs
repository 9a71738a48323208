using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.State.Timers;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>
/// The timers of windows in both kinds of time, and the times that are now: what a trigger sees of the key and window that it is asked
/// about.
/// </summary>
internal sealed class WindowTimers<TKey, TKeys>(Codec<TKey> keys, TKeys functor, KeySeed seed, ProcessingClock clock) : TriggerContext
    where TKeys : struct, IKeyFunctor<TKey>
{
    private TKey? _key;
    private TimeWindow _window;

    /// <summary>Gets the timers of event time.</summary>
    public TimerQueue<TKey, TimeWindow, TKeys> Event { get; } = new(keys, TimeWindowCodec.Instance, functor, seed);

    /// <summary>Gets the timers of processing time.</summary>
    public TimerQueue<TKey, TimeWindow, TKeys> Processing { get; } = new(keys, TimeWindowCodec.Instance, functor, seed);

    /// <summary>Gets what has been promised.</summary>
    public PromisedWatermark Promised { get; } = new();

    /// <summary>Gets the watermark.</summary>
    public Watermark Current => Promised.Current;

    /// <summary>
    /// Gets or sets the processing time that calls see until they are over; null for the clock, which is read when it is asked for.
    /// </summary>
    public long? Now { get; set; }

    /// <summary>
    /// Gets a value indicating whether a timer was taken back in the call: it may have been that of the cleanup, where the times are equal.
    /// </summary>
    public bool HasDeleted { get; private set; }

    public override TimeWindow Window => _window;

    public override long Watermark => Current.Time;

    public override long ProcessingTime => Now ?? clock.Now;

    /// <summary>The same timers, for a key and window.</summary>
    public TriggerContext Of(TKey key, TimeWindow window)
    {
        (_key, _window, HasDeleted) = (key, window, false);
        return this;
    }

    public override void RegisterEventTimer(long time) => Event.Register(_key!, _window, time);

    public override void RegisterProcessingTimer(long time) => Processing.Register(_key!, _window, time);

    public override void DeleteEventTimer(long time) => HasDeleted |= Event.Delete(_key!, _window, time);

    public override void DeleteProcessingTimer(long time) => HasDeleted |= Processing.Delete(_key!, _window, time);
}
