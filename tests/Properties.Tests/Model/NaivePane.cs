namespace Weir.Properties.Tests.Model;

/// <summary>One key in one window, as the model keeps it: all records, all timers.</summary>
internal sealed record NaivePane(string Key, long Start, long End)
{
    public List<int> Values { get; } = [];

    /// <summary>Gets the times that it wants to be called at; each once.</summary>
    public SortedSet<long> Timers { get; } = [];

    /// <summary>Gets or sets the records since it fired last, where records are counted.</summary>
    public int Counted { get; set; }

    /// <summary>Gets or sets when it fires next before its end, where it fires at intervals.</summary>
    public long? NextFire { get; set; }

    public long MaxTime => End - 1;
}
