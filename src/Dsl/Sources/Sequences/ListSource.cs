using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Weir;

/// <summary>Reads a list in memory, in its order. Nothing is copied ahead, and any position can be read again.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="records">The list.</param>
internal sealed class ListSource<T>(IReadOnlyList<T> records) : SequenceSource<T>
{
    public override string Description => $"a list of {NameOf()}";

    public override ISplitReader<T> Open(SequencePart split, Offset offset, SourceContext context)
    {
        if (offset.Value > records.Count)
        {
            throw new SequenceException(string.Create(
                CultureInfo.InvariantCulture,
                $"The checkpoint stands behind record {offset.Value} of the list, which has {records.Count} records now. "
                    + $"Give the job the list that it was started with, or begin with new checkpoints."));
        }

        return records switch
        {
            T[] array => new ArrayReader(array, offset.Value),
            ImmutableArray<T> array => new ArrayReader(ImmutableCollectionsMarshal.AsArray(array) ?? [], offset.Value),
            _ => new ListReader(records, offset.Value),
        };
    }

    private sealed class ArrayReader(T[] records, long start) : ISplitReader<T>
    {
        private int _next = (int)start;

        public Offset Offset => new(_next);

        public ReadStatus Read(Batch<T> batch)
        {
            var count = Math.Min(batch.Capacity, records.Length - _next);
            batch.Lend(records, _next, count);
            _next += count;
            return _next < records.Length ? ReadStatus.Available : ReadStatus.End;
        }

        public void Dispose()
        {
        }
    }

    private sealed class ListReader(IReadOnlyList<T> records, long start) : ISplitReader<T>
    {
        private int _next = (int)start;

        public Offset Offset => new(_next);

        public ReadStatus Read(Batch<T> batch)
        {
            while (!batch.IsFull && _next < records.Count)
            {
                batch.Add(records[_next]);
                _next++;
            }

            return _next < records.Count ? ReadStatus.Available : ReadStatus.End;
        }

        public void Dispose()
        {
        }
    }
}
