namespace Weir.Victim;

/// <summary>What the job writes: of a reading, a timer or a window.</summary>
public sealed record Row(string Kind, string Name, long At, long Number, long Total);

/// <summary>State of several kinds, and timers that tell of what was put aside when they were registered.</summary>
public sealed class Follow : KeyedProcess<string, Reading, Row>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly ValueState<long> _number = new();
    private readonly ValueState<long> _sum = new();
    private readonly ListState<long> _last = new();
    private readonly MapState<long, long> _asked = new();

    /// <inheritdoc/>
    public override void OnRecord(Reading record, ProcessContext<string, Row> context)
    {
        _number.Value++;
        _sum.Value += record.Value;
        _last.Add(record.Value);
        if (_last.Count > 3)
        {
            _last.RemoveAt(0);
        }

        if (_number.Value % 4 == 0)
        {
            _asked[context.RegisterEventTimerAfter(Patience)] = _number.Value;
        }

        context.Emit(new Row("reading", context.Key, record.At, _number.Value, _sum.Value + _last[0]));
    }

    /// <inheritdoc/>
    public override void OnTimer(KeyedTimer timer, ProcessContext<string, Row> context)
    {
        context.Emit(new Row("timer", context.Key, timer.Time, _asked[timer.Time], 0));
        _asked.Remove(timer.Time);
    }
}

/// <summary>The job that is killed: readings, then a process and windows by key, then a sink.</summary>
internal static class Pipelines
{
    /// <summary>Defines it.</summary>
    [Pipeline]
    public static void Define(Job job, ISource<Reading> source, ITransactionalSink<Row> sink)
    {
        var readings = job.From(source).WithEventTime(r => r.At, Watermarks.Ascending).KeyBy(r => r.Key);
        readings.Process(() => new Follow()).Id("follow")
            .Union(readings.Window(Tumbling.Of(TimeSpan.FromSeconds(200)))
                .Aggregate(g => new Row("window", g.Key, EventTime.Of(g.Window.Start), g.Count(), g.Sum(r => r.Value))).Id("windows"))
            .Rebalance()
            .To(sink).Id("rows");
    }
}
