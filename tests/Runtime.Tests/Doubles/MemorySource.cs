namespace Weir.Runtime.Tests.Doubles;

/// <summary>Splits that are lists; the split is its index, the offset the index of the next record.</summary>
internal sealed class MemorySource<T>(params IReadOnlyList<T>[] splits) : Source<T, int>
{
    public override string Description => "lists in memory";

    public override Codec<int> SplitCodec => Codecs.Of<int>();

    /// <summary>Before every record with such an index the reader says once that it has nothing.</summary>
    public Func<int, bool> Pauses { get; init; } = _ => false;

    /// <summary>Why the splits of a checkpoint are refused; null if those that are there are not.</summary>
    public string? Refusal { get; init; }

    /// <summary>How often splits were listed.</summary>
    public int Listings { get; private set; }

    public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation)
    {
        Listings++;
        return ValueTask.FromResult<IReadOnlyList<int>>([.. Enumerable.Range(0, splits.Length)]);
    }

    public override Offset StartOf(int split) => new(0);

    public override ISplitReader<T> Open(int split, Offset offset, SourceContext context) =>
        new Reader(splits[split], (int)offset.Value, Pauses, context.Wake);

    public override string? Refuse(int split) => Refusal ?? (split < splits.Length ? null : $"there are only {splits.Length} lists");

    private sealed class Reader(IReadOnlyList<T> records, int next, Func<int, bool> pauses, Action wake) : ISplitReader<T>
    {
        private int _pausedAt = -1;

        public Offset Offset => new(next);

        public ReadStatus Read(Batch<T> batch)
        {
            while (next < records.Count && !batch.IsFull)
            {
                if (pauses(next) && _pausedAt != next)
                {
                    _pausedAt = next;
                    wake();
                    return ReadStatus.Pending;
                }

                batch.Add(records[next++]);
            }

            return next == records.Count ? ReadStatus.End : ReadStatus.Available;
        }

        public void Dispose()
        {
        }
    }
}
