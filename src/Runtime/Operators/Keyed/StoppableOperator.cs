using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Keyed;

/// <summary>
/// An operator that may have to stop in the middle of a batch, of a watermark or of a call of the clock: it keeps its place, and what comes
/// in behind it waits, in order.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
internal abstract class StoppableOperator<T> : Receiver<T>, IStoppable<Batch<T>>
{
    private readonly HeldInput<Batch<T>> _input;

    // Used again for every rest.
    private Batch<T>? _rest;
    private Batch<T>? _batch;
    private int _position;
    private Watermark? _watermark;
    private long? _now;

    protected StoppableOperator() => _input = new(this);

    /// <inheritdoc/>
    public bool IsHeld => IsStopped || _input.IsWaiting;

    /// <inheritdoc/>
    bool IStoppable<Batch<T>>.IsStopped => IsStopped;

    private bool IsStopped => _batch is not null || _watermark is not null || _now is not null;

    /// <inheritdoc/>
    public override void OnBatch(Batch<T> batch)
    {
        if (IsHeld)
        {
            _input.Wait(BatchCopy.Of(batch));
            return;
        }

        var position = 0;
        if (!Take(batch, ref position))
        {
            if (_rest is null || _rest.Capacity < batch.Count - position)
            {
                _rest = new Batch<T>(batch.Capacity);
            }

            BatchCopy.Into(_rest, batch, position);
            (_batch, _position) = (_rest, 0);
        }
    }

    /// <inheritdoc/>
    public override void OnWatermark(Watermark watermark) => _input.Add(watermark);

    /// <inheritdoc/>
    public override void OnIdle(bool isIdle) => _input.Add(isIdle);

    /// <summary>The clock has come to a time. Called only while nothing is held.</summary>
    public void OnClock(long now)
    {
        if (!Fire(now))
        {
            _now = now;
        }
    }

    /// <inheritdoc/>
    public void Resume()
    {
        if (TryFinish())
        {
            _input.GoOn();
        }
    }

    /// <inheritdoc/>
    void IStoppable<Batch<T>>.Take(Batch<T> records)
    {
        (_batch, _position) = (records, 0);
        TryFinish();
    }

    /// <inheritdoc/>
    void IStoppable<Batch<T>>.Take(Watermark watermark)
    {
        if (!Pass(watermark))
        {
            _watermark = watermark;
        }
    }

    /// <inheritdoc/>
    void IStoppable<Batch<T>>.Take(bool isIdle) => Pass(isIdle);

    /// <summary>Handles records from a position on.</summary>
    /// <param name="batch">The records.</param>
    /// <param name="position">The first that has not been handled.</param>
    /// <returns>Whether all are handled and passed on.</returns>
    protected abstract bool Take(Batch<T> batch, ref int position);

    /// <summary>Does what is due at a watermark, and passes it on; goes on where it stopped when it is called again.</summary>
    /// <returns>Whether it is passed on.</returns>
    protected abstract bool Pass(Watermark watermark);

    /// <summary>Passes on that the stream is idle, or active.</summary>
    protected abstract void Pass(bool isIdle);

    /// <summary>Does what is due at a time of the clock; goes on where it stopped when it is called again.</summary>
    /// <returns>Whether all is done and passed on.</returns>
    protected abstract bool Fire(long now);

    private bool TryFinish()
    {
        if (_batch is { } batch)
        {
            if (!Take(batch, ref _position))
            {
                return false;
            }

            _batch = null;
            batch.Clear();
        }

        if (_watermark is { } watermark)
        {
            if (!Pass(watermark))
            {
                return false;
            }

            _watermark = null;
        }

        if (_now is { } now)
        {
            if (!Fire(now))
            {
                return false;
            }

            _now = null;
        }

        return true;
    }
}
