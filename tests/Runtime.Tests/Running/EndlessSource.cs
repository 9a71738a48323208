namespace Weir.Runtime.Tests.Running;

/// <summary>Counts up for ever; one split.</summary>
internal sealed class EndlessSource : Source<int, int>
{
    public override string Description => "all numbers";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<int>>([0]);

    public override Offset StartOf(int split) => default;

    public override ISplitReader<int> Open(int split, Offset offset, SourceContext context) => new Reader(offset.Value);

    private sealed class Reader(long position) : ISplitReader<int>
    {
        public Offset Offset { get; private set; } = new(position);

        public ReadStatus Read(Batch<int> batch)
        {
            batch.Add(unchecked((int)Offset.Value));
            Offset = new Offset(Offset.Value + 1);
            return ReadStatus.Available;
        }

        public void Dispose()
        {
        }
    }
}
