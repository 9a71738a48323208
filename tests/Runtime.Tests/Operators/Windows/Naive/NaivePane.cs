namespace Weir.Runtime.Tests.Operators.Windows.Naive;

/// <summary>One key in one window, as the model keeps it: all records, all timers.</summary>
internal sealed class NaivePane(long key, long start, long end)
{
    public long Key { get; } = key;

    public long Start { get; } = start;

    public long End { get; } = end;

    public bool IsGlobal => Start == long.MinValue && End == long.MaxValue;

    public long MaxTime => IsGlobal ? long.MaxValue : End - 1;

    public List<(long Value, long? Time, int Arrival)> Records { get; set; } = [];

    public SortedSet<long> EventTimers { get; } = [];

    public SortedSet<long> ProcessingTimers { get; } = [];

    /// <summary>Gets or sets how often the function was called for it.</summary>
    public int Fires { get; set; }

    /// <summary>Gets or sets the records since it fired last, where the trigger counts.</summary>
    public long Counted { get; set; }

    /// <summary>Gets or sets when it fires next before its end, where it fires at intervals.</summary>
    public long? NextFire { get; set; }

    /// <summary>Gets or sets the value that it fired at last, where differences count.</summary>
    public long? LastValue { get; set; }

    /// <summary>Gets or sets when it will have waited long enough.</summary>
    public long? Timeout { get; set; }
}
