namespace Weir.Corpus;

/// <summary>One split that is a list; the offset is the index of the next record.</summary>
internal sealed class FeedSource<T>(T[] records) : Source<T, int>
{
    public override string Description => "a list in memory";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<int>>([0]);

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<T> Open(int split, Offset offset, SourceContext context) => new Reader(records, (int)offset.Value);

    private sealed class Reader(T[] records, int next) : ISplitReader<T>
    {
        public Offset Offset => new(next);

        public ReadStatus Read(Batch<T> batch)
        {
            while (next < records.Length && !batch.IsFull)
            {
                batch.Add(records[next++]);
            }

            return next == records.Length ? ReadStatus.End : ReadStatus.Available;
        }

        public void Dispose()
        {
        }
    }
}
