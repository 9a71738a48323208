using Weir.Runtime.State;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// The watermark that an operator with timers has come to. It is kept over a restore, and the one of the checkpoint, made again, fires
/// nothing (ADR 0032).
/// </summary>
/// <remarks>
/// After a restore the inputs may promise less than was promised before the checkpoint, and then the same again. The promise stands, and
/// timers that wait behind it wait for the next one, as they would have without a failure.
/// </remarks>
internal sealed class PromisedWatermark
{
    // Until a greater one comes.
    private bool _isOfCheckpoint;

    /// <summary>Gets the watermark.</summary>
    public Watermark Current { get; private set; } = Watermark.None;

    /// <summary>Gets a value indicating whether timers that are due fire.</summary>
    public bool Fires => !_isOfCheckpoint;

    /// <summary>A watermark has come; or comes again, for an operator that goes on where it stopped.</summary>
    /// <returns>Whether it counts: it does not promise less.</returns>
    public bool TryCome(Watermark watermark)
    {
        if (watermark < Current)
        {
            return false;
        }

        _isOfCheckpoint &= watermark == Current;
        Current = watermark;
        return true;
    }

    /// <summary>Stores it.</summary>
    public void Write(OperatorStateWriter writer, KeyGroupRange owned) => PaneWatermark.Write(writer, owned, Current);

    /// <summary>Begins with what was stored.</summary>
    public void Restore(OperatorState state, KeyGroupRange owned)
    {
        Current = PaneWatermark.Read(state, owned);
        _isOfCheckpoint = Current != Watermark.None;
    }
}
