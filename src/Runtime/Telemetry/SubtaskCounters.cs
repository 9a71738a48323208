namespace Weir.Runtime.Telemetry;

/// <summary>Counts of one subtask. Written by its thread, read by anyone: a reading may be a batch old.</summary>
public sealed class SubtaskCounters
{
    // Filled while the subtask is built, and only read afterwards.
    private readonly SortedList<string, OperatorCounters> _operators = new(StringComparer.Ordinal);

    private long _recordsIn;
    private long _recordsOut;
    private long _late;
    private long _skipped;
    private long _watermark = long.MinValue;

    /// <summary>Gets the counts of its operators, in order of their ids.</summary>
    internal IList<OperatorCounters> Operators => _operators.Values;

    /// <summary>Gets how the subtask has spent its time.</summary>
    internal StepTimes Times { get; } = new();

    /// <summary>Gets the records read from sources.</summary>
    public long RecordsIn => Volatile.Read(ref _recordsIn);

    /// <summary>Gets the records handed to sinks.</summary>
    public long RecordsOut => Volatile.Read(ref _recordsOut);

    /// <summary>Gets the records dropped because their window had fired.</summary>
    public long Late => Volatile.Read(ref _late);

    /// <summary>Gets the records left out because the user chose so: malformed or failed ones, and such as a full buffer dropped.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Gets the newest watermark, in microseconds since the Unix epoch.</summary>
    public long Watermark => Volatile.Read(ref _watermark);

    /// <summary>The counts of an operator: the same each time. While the subtask is built.</summary>
    internal OperatorCounters Of(string id)
    {
        if (!_operators.TryGetValue(id, out var counters))
        {
            _operators.Add(id, counters = new OperatorCounters(id));
        }

        return counters;
    }

    /// <summary>Counts records read.</summary>
    public void AddIn(long count) => Volatile.Write(ref _recordsIn, _recordsIn + count);

    /// <summary>Counts records written.</summary>
    public void AddOut(long count) => Volatile.Write(ref _recordsOut, _recordsOut + count);

    /// <summary>Counts late records.</summary>
    public void AddLate(long count) => Volatile.Write(ref _late, _late + count);

    /// <summary>Counts skipped records.</summary>
    public void AddSkipped(long count) => Volatile.Write(ref _skipped, _skipped + count);

    /// <summary>Notes the newest watermark.</summary>
    public void SetWatermark(long time) => Volatile.Write(ref _watermark, time);
}
