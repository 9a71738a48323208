using Weir.Graph;
using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Windows;

/// <summary>Panes that keep their records for a function of the whole group.</summary>
internal readonly struct GroupFunctor<T, TKey, TOut>(AggregateGroupStage<T, TKey, TOut> stage, KeySeed seed)
    : IPaneFunctor<TKey, List<T>, TOut>
{
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();

    public bool CanMerge => true;

    public ulong Hash(in TKey key) => KeyHash.Of(_keys, key, seed);

    public bool AreEqual(in TKey left, in TKey right) => EqualityComparer<TKey>.Default.Equals(left, right);

    public List<T> Create() => [];

    public void Merge(ref List<T> accumulator, List<T> other) => accumulator.AddRange(other);

    public TOut Result(TKey key, TimeWindow window, ref List<T> accumulator) =>
        stage.Result(new WindowGroup<TKey, T>(key, window, accumulator));
}
