using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>Windows that keep records with their times, in order of arrival also where they become one.</summary>
internal readonly struct TimedRecordsFunctor<T, TKey, TOut>(KeySeed seed) : IPaneFunctor<TKey, List<WindowRecord<T>>, TOut>
{
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();

    public bool CanMerge => true;

    public ulong Hash(in TKey key) => KeyHash.Of(_keys, key, seed);

    public bool AreEqual(in TKey left, in TKey right) => EqualityComparer<TKey>.Default.Equals(left, right);

    public List<WindowRecord<T>> Create() => [];

    public void Merge(ref List<WindowRecord<T>> accumulator, List<WindowRecord<T>> other)
    {
        if (accumulator.Count == 0 || other.Count == 0 || accumulator[^1].Arrival < other[0].Arrival)
        {
            accumulator.AddRange(other);
            return;
        }

        // They came in turn.
        var merged = new List<WindowRecord<T>>(accumulator.Count + other.Count);
        var next = 0;
        foreach (var record in accumulator)
        {
            while (next < other.Count && other[next].Arrival < record.Arrival)
            {
                merged.Add(other[next++]);
            }

            merged.Add(record);
        }

        merged.AddRange(other[next..]);
        accumulator = merged;
    }

    public TOut Result(TKey key, TimeWindow window, ref List<WindowRecord<T>> accumulator) =>
        throw new InvariantException("kept records have no result of their own");
}
