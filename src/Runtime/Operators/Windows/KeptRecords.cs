using System.Runtime.InteropServices;

namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// The records of one key in a slice that several windows share, or in a session, each with the number of its arrival: so that a window has
/// its records in order of arrival, whichever slices they are in, and whichever sessions became one.
/// </summary>
internal sealed class KeptRecords<T>
{
    private readonly List<T> _records = [];
    private readonly List<long> _arrivals = [];

    // Whether its own records are; those of two sessions that became one may have come in turn.
    private bool _isInOrder = true;

    // Those that were merged into it: read only, they go on being used.
    private List<KeptRecords<T>>? _parts;

    /// <summary>Gets the number of its own records.</summary>
    public int Count => _records.Count;

    /// <summary>Gets for how many of its own there is room.</summary>
    public int Capacity => _records.Capacity;

    /// <summary>Adds the record that came last.</summary>
    public void Add(long arrival, T record)
    {
        _arrivals.Add(arrival);
        _records.Add(record);
    }

    /// <summary>Adds the records of another one, by reference.</summary>
    public void Merge(KeptRecords<T> other) => (_parts ??= []).Add(other);

    /// <summary>The records of both, in the one that has more: neither is used any more but by that name.</summary>
    public KeptRecords<T> With(KeptRecords<T> other)
    {
        var (more, fewer) = other._records.Count > _records.Count ? (other, this) : (this, other);
        if (fewer._records.Count > 0)
        {
            more._isInOrder &= fewer._isInOrder && more._arrivals[^1] < fewer._arrivals[0];
            more._records.AddRange(fewer._records);
            more._arrivals.AddRange(fewer._arrivals);
        }

        return more;
    }

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
            isInOrder &= part._isInOrder && (arrivals.Count == 0 || arrivals[^1] < part._arrivals[0]);
            records.AddRange(part._records);
            arrivals.AddRange(part._arrivals);
        }

        return isInOrder ? (records, arrivals) : Sorted(records, arrivals);
    }

    /// <summary>All records in order of arrival, in the list that they lie in; of one that nothing was merged into by reference.</summary>
    public List<T> InOrderInPlace()
    {
        Invariant.Holds(_parts is null, "records that lie in several lists were asked for in one");
        if (!_isInOrder)
        {
            CollectionsMarshal.AsSpan(_arrivals).Sort(CollectionsMarshal.AsSpan(_records));
            _isInOrder = true;
        }

        return _records;
    }

    /// <summary>Forgets the records.</summary>
    public void Clear()
    {
        _records.Clear();
        _arrivals.Clear();
        _isInOrder = true;
        _parts = null;
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
