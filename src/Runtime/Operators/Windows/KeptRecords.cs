namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// The records of one key in a slice that several windows share, each with the number of its arrival: so that a window has its records in
/// order of arrival, whichever slices they are in.
/// </summary>
internal sealed class KeptRecords<T>
{
    private readonly List<T> _records = [];
    private readonly List<long> _arrivals = [];

    // Those that were merged into it: read only, they go on being used.
    private List<KeptRecords<T>>? _parts;

    /// <summary>Adds the record that came last.</summary>
    public void Add(long arrival, T record)
    {
        _arrivals.Add(arrival);
        _records.Add(record);
    }

    /// <summary>Adds the records of another one, by reference.</summary>
    public void Merge(KeptRecords<T> other) => (_parts ??= []).Add(other);

    /// <summary>All records in order of arrival: lists that are the caller's.</summary>
    public (List<T> Records, List<long> Arrivals) InOrder()
    {
        var parts = new List<KeptRecords<T>>();
        Gather(parts);
        parts.Sort(static (one, other) => one._arrivals[0].CompareTo(other._arrivals[0]));
        var count = parts.Sum(static part => part._records.Count);
        var (records, arrivals) = (new List<T>(count), new List<long>(count));
        var isInOrder = true;
        foreach (var part in parts)
        {
            isInOrder &= arrivals.Count == 0 || arrivals[^1] < part._arrivals[0];
            records.AddRange(part._records);
            arrivals.AddRange(part._arrivals);
        }

        return isInOrder ? (records, arrivals) : Sorted(records, arrivals);
    }

    private static (List<T> Records, List<long> Arrivals) Sorted(List<T> records, List<long> arrivals)
    {
        var (sorted, numbers) = (records.ToArray(), arrivals.ToArray());
        Array.Sort(numbers, sorted);
        return ([.. sorted], [.. numbers]);
    }

    private void Gather(List<KeptRecords<T>> parts)
    {
        if (_records.Count > 0)
        {
            parts.Add(this);
        }

        _parts?.ForEach(part => part.Gather(parts));
    }
}
