namespace Weir.Properties.Tests.Jobs;

/// <summary>Splits that are lists; the offset is the index of the next record.</summary>
internal sealed class ListSource<T>(params IReadOnlyList<T>[] splits) : Source<T, int>
{
    public override string Description => "lists in memory";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<int>>([.. Enumerable.Range(0, splits.Length)]);

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<T> Open(int split, Offset offset, SourceContext context) => new Reader(splits[split], (int)offset.Value);

    private sealed class Reader(IReadOnlyList<T> records, int next) : ISplitReader<T>
    {
        public Offset Offset => new(next);

        public ReadStatus Read(Batch<T> batch)
        {
            while (next < records.Count && !batch.IsFull)
            {
                batch.Add(records[next++]);
            }

            return next == records.Count ? ReadStatus.End : ReadStatus.Available;
        }

        public void Dispose()
        {
        }
    }
}
