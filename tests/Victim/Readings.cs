namespace Weir.Victim;

/// <summary>A value of a key at a time.</summary>
public sealed record Reading(string Key, long At, long Value)
{
    /// <summary>The n-th reading of a split: a second after the one before it, of one of the split's own keys.</summary>
    public static Reading Of(int split, long n)
    {
        var mixed = (ulong)(n + 1) * 0x9E3779B97F4A7C15UL + (ulong)split * 0xD1B54A32D192ED03UL;
        mixed ^= mixed >> 29;
        return new Reading($"split {split} key {(mixed >> 32) % 40}", n * 1_000_000, (long)(mixed >> 44));
    }
}

/// <summary>Readings in several splits, which can be read again from each of them.</summary>
/// <param name="splits">How many splits.</param>
/// <param name="each">How many readings each has.</param>
internal sealed class Readings(int splits, int each) : Source<Reading, int>
{
    public override string Description => "readings";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    public override SplitOrder Order => SplitOrder.Together;

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<int>>([.. Enumerable.Range(0, splits)]);

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<Reading> Open(int split, Offset offset, SourceContext context) => new Reader(split, offset, each);

    private sealed class Reader(int split, Offset start, int end) : ISplitReader<Reading>
    {
        public Offset Offset { get; private set; } = start;

        public ReadStatus Read(Batch<Reading> batch)
        {
            for (; !batch.IsFull && Offset.Value < end; Offset = new Offset(Offset.Value + 1))
            {
                batch.Add(Reading.Of(split, Offset.Value));
            }

            return Offset.Value < end ? ReadStatus.Available : ReadStatus.End;
        }

        public void Dispose()
        {
        }
    }
}
