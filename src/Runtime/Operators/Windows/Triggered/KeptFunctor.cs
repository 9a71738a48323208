using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>Windows that keep items for a function which is asked when they fire.</summary>
public readonly struct KeptFunctor<TItem, TKey, TOut>(KeySeed seed) : IPaneFunctor<TKey, List<TItem>, TOut>
{
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();

    public bool CanMerge => true;

    public ulong Hash(in TKey key) => KeyHash.Of(_keys, key, seed);

    public bool AreEqual(in TKey left, in TKey right) => EqualityComparer<TKey>.Default.Equals(left, right);

    public List<TItem> Create() => [];

    public void Merge(ref List<TItem> accumulator, List<TItem> other) => accumulator.AddRange(other);

    public TOut Result(TKey key, TimeWindow window, ref List<TItem> accumulator) =>
        throw new InvariantException("kept items have no result of their own");
}

/// <summary>Windows that keep an accumulator for a function which is asked when they fire.</summary>
public readonly struct AccumulatorFunctor<T, TKey, TAcc, TValue, TOut>(IAggregate<T, TAcc, TValue> aggregate, KeySeed seed)
    : IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();

    public bool CanMerge => true;

    public ulong Hash(in TKey key) => KeyHash.Of(_keys, key, seed);

    public bool AreEqual(in TKey left, in TKey right) => EqualityComparer<TKey>.Default.Equals(left, right);

    public TAcc Create() => aggregate.Create();

    public void Merge(ref TAcc accumulator, TAcc other) => aggregate.Merge(ref accumulator, other);

    public TOut Result(TKey key, TimeWindow window, ref TAcc accumulator) =>
        throw new InvariantException("the accumulator of a process has no result of its own");
}
