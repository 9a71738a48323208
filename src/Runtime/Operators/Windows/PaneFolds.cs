using Weir.Graph;

namespace Weir.Runtime.Operators.Windows;

/// <summary>Adds by the user's aggregate.</summary>
internal readonly struct AggregateFold<T, TKey, TAcc, TValue, TOut>(AggregateStage<T, TKey, TAcc, TValue, TOut> stage)
    : IPaneFold<T, TKey, TAcc>
{
    public TKey KeyOf(T value) => stage.Keyed.Key(value);

    public void Add(ref TAcc accumulator, in T value) => stage.Aggregate.Add(ref accumulator, value);
}

/// <summary>Keeps the record.</summary>
internal readonly struct GroupFold<T, TKey, TOut>(AggregateGroupStage<T, TKey, TOut> stage) : IPaneFold<T, TKey, List<T>>
{
    public TKey KeyOf(T value) => stage.Keyed.Key(value);

    public void Add(ref List<T> accumulator, in T value) => accumulator.Add(value);
}
