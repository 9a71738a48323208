using System.Globalization;
using System.Text.Json;
using Weir.Graph;
using Weir.Runtime.Operators.Stateless;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Tests.Golden;

/// <summary>A <c>watermark_operator</c>: <c>WithEventTime</c> at an interval, one record a batch.</summary>
internal sealed class MarkOperator : IGoldenOperator
{
    private readonly SetClock _clock = new();
    private readonly GoldenCase _test;
    private readonly EventTimeStage<(long Key, long Value, long Time)> _stage;
    private readonly Received _received = new();
    private Lanes _lanes = new();
    private EventTimeClock _marks;
    private AssignEventTime<(long Key, long Value, long Time)> _operator;

    public MarkOperator(GoldenCase test)
    {
        _test = test;
        var isOfValue = test.Operator.GetProperty("timestamps").GetString() == "value";
        var strategy = Strategy(test);
        _stage = (EventTimeStage<(long Key, long Value, long Time)>)new Job("golden")
            .From(new MemorySource<(long Key, long Value, long Time)>([]))
            .WithEventTime(record => isOfValue ? record.Value : record.Time, strategy)
            .Stage;
        (_marks, _operator) = Make(null);
    }

    public IEnumerable<string> Take(JsonElement step)
    {
        _received.Came.Clear();
        switch (step.Name())
        {
            case "el":
                var batch = new Batch<(long, long, long)>(1);
                batch.Add((step.Long(1), step.Long(2), step[3].ValueKind == JsonValueKind.Null ? 0 : step.Long(3)));
                _operator.OnBatch(batch);
                break;
            case "pt":
                _clock.Now = step.Long(1);
                if (_marks.NextDeadline <= _clock.Now)
                {
                    _marks.OnClock(_clock.Now);
                }

                break;
            case "wm":
                _operator.OnWatermark(new Watermark(step.Long(1)));
                break;
            default:
                _operator.OnIdle(step.Name() == "idle");
                break;
        }

        return [.. _received.Came];
    }

    public void Restore()
    {
        var writer = new OperatorStateWriter(_stage.Id);
        _marks.Snapshot(writer);
        (_marks, _operator) = Make(writer.ToState());
    }

    public string? Check(GoldenCase test, int step) => null;

    private static WatermarkStrategy Strategy(GoldenCase test)
    {
        var strategy = MarkScript.StrategyOf(test).Bound is { } bound
            ? Watermarks.BoundedDisorder(TimeSpan.FromMicroseconds(bound))
            : Watermarks.Ascending;
        return strategy.Every(TimeSpan.FromMicroseconds(test.Operator.GetProperty("interval").GetInt64()));
    }

    private (EventTimeClock, AssignEventTime<(long Key, long Value, long Time)>) Make(OperatorState? state)
    {
        _lanes = new Lanes();
        var clock = new ProcessingClock(_clock);
        var output = new Collector<(long Key, long Value, long Time)>(_received, 1);
        var marks = new EventTimeClock(
            new ClockParts(_stage.Id, _lanes, clock, new ReadingClock(clock))
            {
                Disorder = new Disorder(_stage.MaxDisorder),
                Interval = _stage.Interval,
                IdleAfter = MarkScript.StrategyOf(_test).IdleAfter,
            },
            output.Next);
        if (state is not null)
        {
            marks.Restore(state);
        }

        _lanes.Add("in");
        return (marks, new AssignEventTime<(long Key, long Value, long Time)>(_stage, marks, output, catcher: null));
    }

    /// <summary>What comes out. A watermark that was passed on before a restore comes again behind it: it promises nothing new.</summary>
    private sealed class Received : Receiver<(long Key, long Value, long Time)>
    {
        private Watermark _newest = Watermark.None;

        public List<string> Came { get; } = [];

        public override void OnBatch(Batch<(long Key, long Value, long Time)> batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                var (key, value, _) = batch.Values[i];
                Came.Add(string.Create(CultureInfo.InvariantCulture, $"[\"out\",{key},{value},{batch.Times[i]}]"));
            }
        }

        public override void OnWatermark(Watermark watermark)
        {
            if (watermark > _newest)
            {
                _newest = watermark;
                Came.Add(MarkScript.Text(watermark));
            }
        }

        public override void OnIdle(bool isIdle) => Came.Add(MarkScript.Text(isIdle));
    }
}
