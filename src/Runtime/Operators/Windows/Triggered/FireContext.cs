using Weir.Runtime.Kernels;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>
/// What the function of a window sees, and where its results go.
/// </summary>
internal sealed class FireContext<TKey, TOut>(
    Outlets<TOut> outlets, TriggerContext times, IResultsBefore<TKey, TOut>? before)
    : WindowContext<TKey, TOut>
{
    private TKey? _key;
    private TimeWindow _window;
    private TimeWindow _state;

    /// <summary>Gets a value indicating whether results wait for room.</summary>
    public bool IsHeld => outlets.AreBehind;

    public override TKey Key => _key!;

    public override TimeWindow Window => _window;

    public override long Watermark => times.Watermark;

    public override long ProcessingTime => times.ProcessingTime;

    /// <summary>The same context, for a key and window.</summary>
    public FireContext<TKey, TOut> Of(TKey key, TimeWindow window) => Of(key, window, window);

    /// <summary>The same context, for a key and window whose contents are kept under another.</summary>
    public FireContext<TKey, TOut> Of(TKey key, TimeWindow window, TimeWindow state)
    {
        (_key, _window, _state) = (key, window, state);
        return this;
    }

    public override void Emit(TOut result) => EmitAsIs(before is null ? result : before.Behind(_key!, _state, result));

    /// <summary>Puts out what is a change already.</summary>
    public void EmitAsIs(TOut result) => outlets.Main.Add(result, _window.MaxTime);

    public override void Emit<TSide>(SideOutput<TSide> side, TSide record)
    {
        ArgumentNullException.ThrowIfNull(side);
        outlets.Of(side)?.Add(record, _window.MaxTime);
    }
}
