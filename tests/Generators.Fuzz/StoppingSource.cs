namespace Weir.Generators.Fuzz;

/// <summary>
/// A list, of which the first records are read. Then it waits until a checkpoint covers them, and fails: what came out up to there is what
/// the checkpoint has left behind it.
/// </summary>
internal sealed class StoppingSource<T>(IReadOnlyList<T> records, int end, MemoryCheckpointStore store) : Source<T, int>
{
    private volatile bool _mayStop;
    private long _covering = long.MaxValue;
    private Action? _wake;

    public override string Description => "a list in memory that stops";

    public override Codec<int> SplitCodec => global::Weir.Codecs.Of<int>();

    /// <summary>Gets a value indicating whether it has failed, and not something else.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Takes notice of checkpoints. Which there are is told later than it happens.</summary>
    public void OnEvent(JobEvent happened)
    {
        if (happened is JobEvent.CheckpointCompleted { Checkpoint.Id.Value: var id } && id >= Volatile.Read(ref _covering))
        {
            _mayStop = true;
            _wake?.Invoke();
        }
    }

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<int>>([0]);

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<T> Open(int split, Offset offset, SourceContext context)
    {
        _wake = context.Wake;
        return new Reader(this, records, end, (int)offset.Value);
    }

    // The one that follows what there is may have begun before all was delivered; the one behind that has not.
    private void Delivered()
    {
        if (_covering == long.MaxValue)
        {
            var completed = store.ListAsync("fuzz", CancellationToken.None).AsTask().GetAwaiter().GetResult();
            Volatile.Write(ref _covering, completed.Select(static name => name.Id.Value).DefaultIfEmpty().Max() + 2);
        }
    }

    private sealed class Reader(StoppingSource<T> source, IReadOnlyList<T> records, int end, int next) : ISplitReader<T>
    {
        public Offset Offset => new(next);

        public ReadStatus Read(Batch<T> batch)
        {
            while (next < end && !batch.IsFull)
            {
                batch.Add(records[next++]);
            }

            if (next < end)
            {
                return ReadStatus.Available;
            }

            if (batch.Count == 0 && source._mayStop)
            {
                source.HasStopped = true;
                throw new IOException("the source stopped, as the test wanted");
            }

            source.Delivered();
            return ReadStatus.Pending;
        }

        public void Dispose()
        {
        }
    }
}
