using System.Runtime.InteropServices;

namespace Weir;

/// <summary>The order of a ranking: the greatest first, and of equal ones the one that came first. Texts go by their characters.</summary>
/// <param name="n">How many are ranked.</param>
/// <param name="by">What they are ranked by.</param>
internal sealed class Ranking<T, TBy>(int n, Func<T, TBy> by)
{
    // Not the comparer of the culture, which differs from machine to machine.
    private readonly Comparer<TBy> _order = typeof(TBy) == typeof(string)
        ? (Comparer<TBy>)(object)Comparer<string>.Create(string.CompareOrdinal)
        : Comparer<TBy>.Default;

    public int Size => n;

    /// <summary>Where a record stands in a ranking that it comes to last.</summary>
    /// <param name="ranked">The ranking, the best first.</param>
    /// <param name="record">The record.</param>
    /// <returns>Its index; the size of the ranking if it is not among the best.</returns>
    public int PlaceOf(List<T> ranked, in T record)
    {
        var value = by(record);
        var (low, high) = (0, ranked.Count);
        var records = CollectionsMarshal.AsSpan(ranked);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _order.Compare(by(records[middle]), value) >= 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Puts a record into a ranking, if it is among the best.</summary>
    public void Add(List<T> ranked, in T record)
    {
        var place = PlaceOf(ranked, record);
        if (place < n)
        {
            if (ranked.Count == n)
            {
                ranked.RemoveAt(n - 1);
            }

            ranked.Insert(place, record);
        }
    }
}
