namespace Weir.RocksDbState.Tests.Doubles;

/// <summary>The numbers from 0 on: one split.</summary>
/// <param name="count">How many.</param>
internal sealed class Numbers(long count) : Source<long, int>
{
    public override string Description => "numbers";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<int>>([0]);

    public override Offset StartOf(int split) => default;

    public override ISplitReader<long> Open(int split, Offset offset, SourceContext context) => new Reader(count, offset.Value);

    private sealed class Reader(long count, long next) : ISplitReader<long>
    {
        public Offset Offset => new(next);

        public ReadStatus Read(Batch<long> batch)
        {
            while (next < count && !batch.IsFull)
            {
                batch.Add(next++);
            }

            return next < count ? ReadStatus.Available : ReadStatus.End;
        }

        public void Dispose()
        {
        }
    }
}
