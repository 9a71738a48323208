namespace Weir;

/// <summary>The best records of a window.</summary>
internal sealed class TopAggregate<T, TBy>(Ranking<T, TBy> ranking) : IAggregate<T, Top<T>, IReadOnlyList<T>>
{
    public Top<T> Create() => default;

    public void Add(ref Top<T> accumulator, in T record) => ranking.Add(accumulator.Ranked ??= [], record);

    public void Merge(ref Top<T> accumulator, in Top<T> other)
    {
        foreach (var record in other.Ranked ?? [])
        {
            Add(ref accumulator, record);
        }
    }

    // A copy: records may be added to the window afterwards, while somebody still walks what it said.
    public IReadOnlyList<T> Result(in Top<T> accumulator) => accumulator.Ranked?.ToArray() ?? [];
}
