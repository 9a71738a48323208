using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// Slices that keep their records once for all windows that share them: for a function of the whole group, and for aggregates whose result
/// depends on the order of records.
/// </summary>
/// <param name="result">The result of a key and window, given its records in order of arrival.</param>
/// <param name="sharesParts">Whether what is merged goes on being used; otherwise it is taken in.</param>
/// <param name="seed">Spreads keys.</param>
/// <param name="spare">Where records go when their result is made; null if a result may hold them. Not where parts are shared.</param>
internal readonly struct KeptRecordsFunctor<T, TKey, TOut>(
    Func<TKey, TimeWindow, List<T>, TOut> result, bool sharesParts, KeySeed seed, SpareLists<KeptRecords<T>>? spare)
    : IPaneFunctor<TKey, KeptRecords<T>, TOut>
{
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();

    public bool CanMerge => true;

    public MergeOrder Order => MergeOrder.Arrival;

    public ulong Hash(in TKey key) => KeyHash.Of(_keys, key, seed);

    public bool AreEqual(in TKey left, in TKey right) => EqualityComparer<TKey>.Default.Equals(left, right);

    public KeptRecords<T> Create() => spare?.Take() ?? new();

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

    public TOut Result(TKey key, TimeWindow window, ref KeptRecords<T> accumulator)
    {
        if (sharesParts)
        {
            return result(key, window, accumulator.InOrder().Records);
        }

        // Nothing but this window had them.
        var records = accumulator;
        var made = result(key, window, records.InOrderInPlace());
        if (spare is not null)
        {
            accumulator = null!;
            var (held, capacity) = (records.Count, records.Capacity);
            records.Clear();
            spare.Keep(records, held, capacity);
        }

        return made;
    }
}

/// <summary>Keeps the record with the number of its arrival.</summary>
internal readonly struct KeptRecordsFold<T, TKey>(Func<T, TKey> key, Arrivals arrivals) : IPaneFold<T, TKey, KeptRecords<T>>
{
    public TKey KeyOf(T value) => key(value);

    public void Add(ref KeptRecords<T> accumulator, in T value) => accumulator.Add(arrivals.Next(), value);
}
