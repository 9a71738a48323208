using System.Collections.Immutable;

namespace Weir.Runtime.Tests.Running;

/// <summary>A source over arrays: one split an array, named by its position; offsets count records.</summary>
/// <param name="splits">The records of each split.</param>
internal sealed class MemorySource(params int[][] splits) : Source<int, int>
{
    /// <summary>Gets how often splits were listed.</summary>
    public int Listings { get; private set; }

    public override string Description => "numbers in memory";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation)
    {
        Listings++;
        return ValueTask.FromResult<IReadOnlyList<int>>(Enumerable.Range(0, splits.Length).ToImmutableArray());
    }

    /// <summary>Gets why the splits of a checkpoint are refused, or null.</summary>
    public string? Refusal { get; init; }

    public override string? Refuse(int split) => Refusal;

    public override Offset StartOf(int split) => default;

    public override ISplitReader<int> Open(int split, Offset offset, SourceContext context) => new Reader(splits[split], (int)offset.Value);

    private sealed class Reader(int[] values, int position) : ISplitReader<int>
    {
        private int _position = position;

        public Offset Offset => new(_position);

        public ReadStatus Read(Batch<int> batch)
        {
            while (!batch.IsFull && _position < values.Length)
            {
                batch.Add(values[_position++]);
            }

            return _position < values.Length ? ReadStatus.Available : ReadStatus.End;
        }

        public void Dispose()
        {
        }
    }
}
