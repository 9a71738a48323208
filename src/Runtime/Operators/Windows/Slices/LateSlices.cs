using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>
/// What comes to slices while it must not be added to them: when they are added up already, or are just being fired. Joins them between
/// two fires, and after a restore.
/// </summary>
/// <param name="tables">Where it is kept until then, by the start of its slice.</param>
internal sealed class LateSlices<TKey, TAcc>(StateTable<TKey, long, TAcc> tables)
{
    private readonly List<TimeWindow> _slices = [];

    /// <summary>Gets a value indicating whether there is nothing.</summary>
    public bool IsEmpty => _slices.Count == 0;

    /// <summary>Gets what a checkpoint holds of it.</summary>
    public KeyedPart Part => tables;

    /// <summary>Says in which forms was written what is going to be restored.</summary>
    public void ReadAs(EntryCodecs<TKey, long, TAcc> written) => tables.ReadAs(written);

    /// <summary>It has been restored.</summary>
    /// <param name="sliceOf">The slice that starts at a time.</param>
    public void Restored(Func<long, TimeWindow> sliceOf) => _slices.AddRange(tables.Namespaces.Select(sliceOf));

    /// <summary>The keys of a slice, opened if nothing has come yet.</summary>
    public KeyTable<TKey, TAcc> Open(TimeWindow slice)
    {
        if (!tables.TryFind(slice.StartTime, out var table))
        {
            table = tables.Open(slice.StartTime);
            _slices.Add(slice);
        }

        return table;
    }

    /// <summary>Hands out what has come, the first slice first, and forgets it.</summary>
    public void Drain(Action<TimeWindow, KeyTable<TKey, TAcc>> take)
    {
        _slices.Sort(static (one, other) => one.StartTime.CompareTo(other.StartTime));
        foreach (var slice in _slices)
        {
            take(slice, tables.Open(slice.StartTime));
            tables.Remove(slice.StartTime);
        }

        _slices.Clear();
    }
}
