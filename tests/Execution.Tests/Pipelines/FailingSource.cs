namespace Weir.Execution.Tests.Pipelines;

/// <summary>
/// Delivers half of a list, waits until it is told that a checkpoint has completed, fails once, and after the recovery delivers the rest.
/// </summary>
internal sealed class FailingSource<T>(IReadOnlyList<T> records) : Source<T, int>
{
    private volatile bool _isHalfDelivered;
    private volatile bool _mayFail;
    private int _checkpoints;
    private bool _hasFailed;
    private Action? _wake;

    public override string Description => "a list in memory that fails once";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    /// <summary>What of the list had been delivered when the source failed.</summary>
    public int Delivered => records.Count / 2;

    /// <summary>What the recovered job began with.</summary>
    public long? ResumedAt { get; private set; }

    /// <summary>The second checkpoint that completes from then on holds all that half of the list left in state.</summary>
    public void CheckpointCompleted()
    {
        if (_isHalfDelivered && ++_checkpoints == 2)
        {
            _mayFail = true;
            _wake?.Invoke();
        }
    }

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<int>>([0]);

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<T> Open(int split, Offset offset, SourceContext context)
    {
        _wake = context.Wake;
        ResumedAt = _hasFailed ? offset.Value : null;
        return new Reader(this, records, (int)offset.Value);
    }

    private sealed class Reader(FailingSource<T> source, IReadOnlyList<T> records, int next) : ISplitReader<T>
    {
        public Offset Offset => new(next);

        public ReadStatus Read(Batch<T> batch)
        {
            var end = source._hasFailed ? records.Count : source.Delivered;
            while (next < end && !batch.IsFull)
            {
                batch.Add(records[next++]);
            }

            if (source._hasFailed)
            {
                return next == records.Count ? ReadStatus.End : ReadStatus.Available;
            }

            source._isHalfDelivered = next == end;
            if (batch.Count == 0 && source._mayFail)
            {
                source._hasFailed = true;
                throw new IOException("the source failed, as the test wanted");
            }

            return ReadStatus.Pending;
        }

        public void Dispose()
        {
        }
    }
}
