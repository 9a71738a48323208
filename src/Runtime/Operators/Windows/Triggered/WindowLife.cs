using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>How long windows live: when they are late and when they are forgotten (semantics R3, R4).</summary>
/// <param name="IsEventTime">Whether windows end with the watermark; otherwise with the clock, and nothing is late.</param>
/// <param name="Lateness">How long they live on behind their ends, in microseconds of event time.</param>
internal readonly record struct WindowLife(bool IsEventTime, long Lateness)
{
    /// <summary>That of windows.</summary>
    public static WindowLife Of<T>(WindowSpec<T> spec) => new(
        spec.Kind is { Time: WindowTime.Event } and not (GlobalWindow or CountWindow), spec.AllowedLateness);

    /// <summary>When a window is forgotten; <see cref="long.MaxValue"/> for never.</summary>
    public long CleanupOf(TimeWindow window) => IsEventTime ? Plus(window.MaxTime) : window.MaxTime;

    /// <summary>Whether a window is forgotten already, so that nothing may be added to it.</summary>
    public bool IsLate(TimeWindow window, Watermark watermark) => IsEventTime && CleanupOf(window) <= watermark.Time;

    /// <summary>Whether a record that no window has taken is late.</summary>
    public bool IsLate(long time, Watermark watermark) => IsEventTime && Plus(time) <= watermark.Time;

    /// <summary>Whether a window would be forgotten as soon as it is made of others.</summary>
    public bool HasEnded(TimeWindow window, TriggerContext times) =>
        CleanupOf(window) <= (IsEventTime ? times.Watermark : times.ProcessingTime);

    private long Plus(long time) => time > long.MaxValue - Lateness ? long.MaxValue : time + Lateness;
}
