using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// Slices that keep their records once for all windows that share them: for a function of the whole group, and for aggregates whose result
/// depends on the order of records.
/// </summary>
/// <param name="result">The result of a key and window, given its records in order of arrival.</param>
/// <param name="sharesParts">Whether what is merged goes on being used; otherwise it is taken in.</param>
/// <param name="seed">Spreads keys.</param>
internal readonly struct KeptRecordsFunctor<T, TKey, TOut>(
    Func<TKey, TimeWindow, List<T>, TOut> result, bool sharesParts, KeySeed seed)
    : IPaneFunctor<TKey, KeptRecords<T>, TOut>
{
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();

    public bool CanMerge => true;

    public MergeOrder Order => MergeOrder.Arrival;

    public ulong Hash(in TKey key) => KeyHash.Of(_keys, key, seed);

    public bool AreEqual(in TKey left, in TKey right) => EqualityComparer<TKey>.Default.Equals(left, right);

    public KeptRecords<T> Create() => new();

    public void Merge(ref KeptRecords<T> accumulator, KeptRecords<T> other)
    {
        if (sharesParts)
        {
            accumulator.Merge(other);
        }
        else
        {
            accumulator = accumulator.With(other);
        }
    }

    public TOut Result(TKey key, TimeWindow window, ref KeptRecords<T> accumulator) => result(key, window, accumulator.InOrder().Records);
}

/// <summary>Keeps the record with the number of its arrival.</summary>
internal readonly struct KeptRecordsFold<T, TKey>(Func<T, TKey> key, Arrivals arrivals) : IPaneFold<T, TKey, KeptRecords<T>>
{
    public TKey KeyOf(T value) => key(value);

    public void Add(ref KeptRecords<T> accumulator, in T value) => accumulator.Add(arrivals.Next(), value);
}
