namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// The records of one key in a slice that several windows share, each with the number of its arrival: so that a window has its records in
/// order of arrival, whichever slices they are in.
/// </summary>
internal sealed class KeptRecords<T>
{
    private readonly List<(long Arrival, T Record)> _records = [];

    // Those that were merged into it: read only, they go on being used.
    private List<KeptRecords<T>>? _parts;

    /// <summary>Adds the record that came last.</summary>
    public void Add(long arrival, T record) => _records.Add((arrival, record));

    /// <summary>Adds the records of another one, by reference.</summary>
    public void Merge(KeptRecords<T> other) => (_parts ??= []).Add(other);

    /// <summary>All records in order of arrival: a list that is the caller's.</summary>
    public List<(long Arrival, T Record)> InOrder()
    {
        var all = new List<(long Arrival, T Record)>(_records.Count);
        Gather(all);
        var isInOrder = true;
        for (var i = 1; i < all.Count && isInOrder; i++)
        {
            isInOrder = all[i - 1].Arrival < all[i].Arrival;
        }

        if (!isInOrder)
        {
            all.Sort(static (one, other) => one.Arrival.CompareTo(other.Arrival));
        }

        return all;
    }

    private void Gather(List<(long Arrival, T Record)> all)
    {
        all.AddRange(_records);
        _parts?.ForEach(part => part.Gather(all));
    }
}
