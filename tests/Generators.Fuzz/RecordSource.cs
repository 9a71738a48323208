namespace Weir.Generators.Fuzz;

/// <summary>One split that is a list.</summary>
internal sealed class RecordSource<T>(IReadOnlyList<T> records) : Source<T, int>
{
    public override string Description => "a list in memory";

    public override Codec<int> SplitCodec => global::Weir.Codecs.Of<int>();

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<int>>([0]);

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<T> Open(int split, Offset offset, SourceContext context) => new Reader(records, (int)offset.Value);

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
