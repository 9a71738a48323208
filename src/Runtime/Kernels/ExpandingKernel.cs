using Weir.Runtime.Operators;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Kernels;

/// <summary>
/// A loop that may make many records of one, and so may have to stop in the middle of a batch: it keeps the rest and goes on when there is
/// room.
/// </summary>
/// <remarks>What is lent for the duration of a call is copied only when the loop stops.</remarks>
/// <typeparam name="T">The records that come in.</typeparam>
/// <param name="next">Who gets the watermarks: the operator behind the loop.</param>
/// <param name="flow">The subtask's.</param>
/// <param name="clock">The clock, if the loop assigns event times.</param>
public abstract class ExpandingKernel<T>(Receiver next, Flow flow, EventTimeClock? clock = null)
    : Kernel<T>(next, clock), IResumable, IDisposable
{
    // What came in behind the batch that the loop stopped in.
    private readonly Queue<StreamElement<T>> _waiting = new();
    private Batch<T>? _stopped;

    // Used again for every rest: a loop that stops in each batch makes no garbage.
    private Batch<T>? _rest;

    /// <inheritdoc/>
    public bool IsHeld => _stopped is not null || _waiting.Count > 0;

    /// <summary>Gets whether there is room.</summary>
    protected Flow Flow { get; } = flow;

    /// <summary>Gets the record of the batch to begin or go on with.</summary>
    protected int Position { get; private set; }

    /// <inheritdoc/>
    public override void OnBatch(Batch<T> batch)
    {
        if (IsHeld)
        {
            _waiting.Enqueue(StreamElement<T>.Of(BatchCopy.Of(batch)));
            return;
        }

        Position = 0;
        if (!Run(batch))
        {
            Keep(batch);
        }
    }

    /// <inheritdoc/>
    public override void OnWatermark(Watermark watermark)
    {
        if (IsHeld)
        {
            _waiting.Enqueue(StreamElement<T>.Of(watermark));
        }
        else
        {
            base.OnWatermark(watermark);
        }
    }

    /// <inheritdoc/>
    public override void OnIdle(bool isIdle)
    {
        if (IsHeld)
        {
            _waiting.Enqueue(StreamElement<T>.OfIdle(isIdle));
        }
        else
        {
            base.OnIdle(isIdle);
        }
    }

    /// <inheritdoc/>
    public void Resume()
    {
        while (_stopped is null || RunOn(_stopped))
        {
            _stopped?.Clear();
            _stopped = null;
            if (!_waiting.TryDequeue(out var element))
            {
                return;
            }

            Follow(element);
        }
    }

    /// <summary>Lets go of what it was in the middle of.</summary>
    public abstract void Dispose();

    /// <summary>Runs the loop from <see cref="Position"/> on.</summary>
    /// <param name="batch">The records: the batch that came in, or what was left of it.</param>
    /// <returns>Whether all of it has been handled; false, from <see cref="Hold"/>, when the loop stopped.</returns>
    protected abstract bool Run(Batch<T> batch);

    /// <summary>Stops the loop.</summary>
    /// <param name="position">The record that it is in the middle of.</param>
    /// <returns>False.</returns>
    protected bool Hold(int position)
    {
        Position = position;
        return false;
    }

    // No guard sees what fails here.
    private bool RunOn(Batch<T> rest)
    {
        try
        {
            return Run(rest);
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            OnFailure(rest.Lane);
            throw;
        }
    }

    private void Keep(Batch<T> batch)
    {
        if (_rest is null || _rest.Capacity < batch.Count - Position)
        {
            _rest = new Batch<T>(batch.Capacity);
        }

        BatchCopy.Into(_rest, batch, Position);
        _stopped = _rest;
        Position = 0;
    }

    private void Follow(StreamElement<T> element)
    {
        switch (element.Kind)
        {
            case ElementKind.Batch:
                Position = 0;
                _stopped = element.Batch;
                break;
            case ElementKind.Watermark:
                base.OnWatermark(element.Watermark);
                break;
            default:
                base.OnIdle(element.Kind == ElementKind.Idle);
                break;
        }
    }
}
