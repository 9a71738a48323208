using Weir.Graph;
using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Windows;

/// <summary>Panes of an <see cref="IAggregate{TIn, TAcc, TOut}"/>, by delegates.</summary>
internal readonly struct AggregateFunctor<T, TKey, TAcc, TValue, TOut>(AggregateStage<T, TKey, TAcc, TValue, TOut> stage, KeySeed seed)
    : IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();

    public bool CanMerge => true;

    public ulong Hash(in TKey key) => KeyHash.Of(_keys, key, seed);

    public bool AreEqual(in TKey left, in TKey right) => EqualityComparer<TKey>.Default.Equals(left, right);

    public TAcc Create() => stage.Aggregate.Create();

    public void Merge(ref TAcc accumulator, TAcc other) => stage.Aggregate.Merge(ref accumulator, other);

    public TOut Result(TKey key, TimeWindow window, ref TAcc accumulator) =>
        stage.Result(key, window, stage.Aggregate.Result(accumulator));
}
