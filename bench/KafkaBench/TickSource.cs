using System.Diagnostics;

namespace Weir.Bench.KafkaLog;

/// <summary>
/// Makes numbered records as fast as they are taken, and notes when the first was asked for and what was allocated since.
/// </summary>
/// <param name="count">How many.</param>
internal sealed class TickSource(long count) : Source<Tick, int>
{
    private readonly long _count = count;

    public override string Description => $"{_count:N0} numbers";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    public long Begun { get; private set; }

    /// <summary>Gets what was allocated while the last four fifths were read, in bytes a record.</summary>
    public double BytesOfGarbage { get; private set; }

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) => new([0]);

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<Tick> Open(int split, Offset offset, SourceContext context) => new Reader(this, offset);

    private sealed class Reader(TickSource source, Offset start) : ISplitReader<Tick>
    {
        private long _next = start.Value;
        private long _garbage = -1;

        public Offset Offset => new(_next);

        public ReadStatus Read(Batch<Tick> batch)
        {
            if (_next == 0)
            {
                source.Begun = Stopwatch.GetTimestamp();
            }

            if (_garbage < 0 && _next >= source._count / 5)
            {
                _garbage = GC.GetTotalAllocatedBytes();
            }

            while (!batch.IsFull && _next < source._count)
            {
                batch.Add(new Tick(_next, 1_700_000_000_000_000 + (_next * 10)));
                _next++;
            }

            if (_next < source._count)
            {
                return ReadStatus.Available;
            }

            source.BytesOfGarbage = (GC.GetTotalAllocatedBytes() - _garbage) / (source._count * 0.8);
            return ReadStatus.End;
        }

        public void Dispose()
        {
        }
    }
}
