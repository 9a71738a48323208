using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// What the function of a window sees, and where its results go: out, as long as there is room, and otherwise into a queue.
/// </summary>
internal sealed class FireContext<TKey, TOut>(
    Collector<TOut> output, Flow flow, TriggerContext times, IResultsBefore<TKey, TOut>? before)
    : WindowContext<TKey, TOut>
{
    private readonly Queue<(TOut Result, long Time)> _held = new();
    private TKey? _key;
    private TimeWindow _window;
    private TimeWindow _state;

    /// <summary>Gets a value indicating whether results wait for room.</summary>
    public bool IsHeld => _held.Count > 0;

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
    public void EmitAsIs(TOut result)
    {
        if (_held.Count == 0 && flow.MayMake())
        {
            output.Add(result, _window.MaxTime);
        }
        else
        {
            _held.Enqueue((result, _window.MaxTime));
        }
    }

    /// <summary>Puts out what has waited.</summary>
    /// <returns>Whether nothing waits any more.</returns>
    public bool TryDrain()
    {
        while (_held.TryPeek(out var held))
        {
            if (!flow.MayMake())
            {
                return false;
            }

            _held.Dequeue();
            output.Add(held.Result, held.Time);
        }

        return true;
    }
}
