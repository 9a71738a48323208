using System.Globalization;
using Weir.Runtime.Scheduling;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Time;

/// <summary>The late records of one operator in one subtask: counts them, and warns of them at a bounded rate.</summary>
/// <remarks>
/// The first warning comes a second after the first late record, so that it can say how many there are, and no later than the end of the
/// stream; the next ones at least <see cref="LateWarnings.Interval"/> apart over all subtasks of the operator.
/// </remarks>
/// <param name="id">The operator's id.</param>
/// <param name="trails">What moved watermarks.</param>
/// <param name="clock">The processing time of the subtask.</param>
/// <param name="warnings">What keeps the rate.</param>
/// <param name="warn">Tells the user.</param>
/// <param name="counters">The counts of the subtask.</param>
internal sealed class LateRecords(
    string id, WatermarkTrails trails, ProcessingClock clock, LateWarnings warnings, Action<string> warn, SubtaskCounters counters)
    : IClockListener
{
    // A longer name of a split would hide what is said.
    private const int MaxInput = 120;

    private readonly RecordCounter _all = counters.Of(id).CountLate();

    private long _count;
    private Watermark _watermark = Watermark.None;
    private WatermarkMover? _mover;

    /// <inheritdoc/>
    public long NextDeadline { get; private set; } = long.MaxValue;

    /// <summary>A record came after the watermark had passed its window.</summary>
    /// <param name="watermark">The watermark.</param>
    public void Add(Watermark watermark)
    {
        // Once for each watermark that records are late by. Later nobody may remember what moved it.
        if (watermark != _watermark)
        {
            _watermark = watermark;
            _mover = trails.Find(watermark.Time);
        }

        counters.AddLate(1);
        _all.Add(1);
        if (_count++ == 0 && NextDeadline == long.MaxValue)
        {
            NextDeadline = clock.Now + EventTime.Second;
        }
    }

    /// <summary>The watermark has advanced; at the end of the stream, what there is to say is said.</summary>
    /// <param name="watermark">The watermark.</param>
    public void OnWatermark(Watermark watermark)
    {
        if (watermark == Watermark.EndOfTime && NextDeadline != long.MaxValue)
        {
            OnClock(clock.Now);
        }
    }

    /// <inheritdoc/>
    public void OnClock(long now)
    {
        var again = warnings.Take(id, _count, now, out var total);
        _count = 0;
        NextDeadline = again ?? long.MaxValue;
        if (again is null && total > 0)
        {
            warn(Describe(total));
        }
    }

    private string Describe(long total)
    {
        var mover = _mover is { Watermark: var watermark, Time: { } time, Input: var input } && watermark == _watermark.Time
            ? $", moved there by a record of {Cut(input)} with the event time {Text(time)}"
            : "";
        var count = string.Create(CultureInfo.InvariantCulture, $"{total} late {(total == 1 ? "record" : "records")}");
        return $"Operator '{id}' dropped {count}: the windows had fired. The watermark is {Text(_watermark.Time)}{mover}. "
            + "If that time is wrong, correct or filter the record before WithEventTime; if records really come so late, raise "
            + "maxDisorder, or take them with LateTo.";
    }

    private static string Cut(string input) => input.Length <= MaxInput ? input : $"{input.AsSpan(0, MaxInput)}…";

    private static string Text(long time) =>
        EventTime.ToDateTime(time).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
