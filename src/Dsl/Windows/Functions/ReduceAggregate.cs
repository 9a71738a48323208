namespace Weir;

/// <summary>A reduction as an aggregate.</summary>
internal sealed class ReduceAggregate<T>(Func<T, T, T> reduce) : IAggregate<T, Reduced<T>, T>
{
    // Associative, but nobody says that the order does not matter: the last of two is a reduction, too.
    public MergeOrder Order => MergeOrder.Arrival;

    public Reduced<T> Create() => default;

    public void Add(ref Reduced<T> accumulator, in T record)
    {
        accumulator.Value = accumulator.HasValue ? reduce(accumulator.Value, record) : record;
        accumulator.HasValue = true;
    }

    public void Merge(ref Reduced<T> accumulator, in Reduced<T> other)
    {
        if (other.HasValue)
        {
            Add(ref accumulator, other.Value);
        }
    }

    public T Result(in Reduced<T> accumulator) => accumulator.Value;
}
