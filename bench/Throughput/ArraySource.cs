namespace Weir.Bench;

/// <summary>Delivers arrays from memory, a batch at a time and without a copy: a split an array, its offset the index.</summary>
/// <param name="splits">The records of each split.</param>
internal sealed class ArraySource<T>(params T[][] splits) : Source<T, int>
{
    public override string Description => $"{splits.Sum(split => (long)split.Length):N0} records in memory";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        new([.. Enumerable.Range(0, splits.Length)]);

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<T> Open(int split, Offset offset, SourceContext context) => new Reader(splits[split], offset);

    private sealed class Reader(T[] records, Offset start) : ISplitReader<T>
    {
        public Offset Offset { get; private set; } = start;

        public ReadStatus Read(Batch<T> batch)
        {
            var next = (int)Offset.Value;
            var count = Math.Min(batch.Capacity, records.Length - next);
            batch.Lend(records, next, count);
            Offset = new Offset(next + count);
            return Offset.Value == records.Length ? ReadStatus.End : ReadStatus.Available;
        }

        public void Dispose()
        {
        }
    }
}
