namespace Weir.Execution.Tests.Pipelines;

/// <summary>A list that is delivered up to a place, and no further until another job begins with another place.</summary>
/// <param name="records">The list.</param>
/// <param name="end">How much of it is delivered.</param>
internal sealed class SteppedSource<T>(IReadOnlyList<T> records, int end) : Source<T, int>
{
    private readonly TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override string Description => "a list in memory that is delivered in steps";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    /// <summary>Ends when the place is reached.</summary>
    public Task Delivered => _delivered.Task;

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<int>>([0]);

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<T> Open(int split, Offset offset, SourceContext context) =>
        new Reader(this, records, (int)offset.Value, end);

    private sealed class Reader(SteppedSource<T> source, IReadOnlyList<T> records, int next, int end) : ISplitReader<T>
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

            source._delivered.TrySetResult();
            return next == records.Count ? ReadStatus.End : ReadStatus.Pending;
        }

        public void Dispose()
        {
        }
    }
}
