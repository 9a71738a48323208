using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Windows.Triggered;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>The operator of one windowed stage whose results are texts.</summary>
internal sealed class WindowRun(Stage stage, Random? room = null) : WindowRun<string>(stage, static text => text, room);

/// <summary>
/// The operator of one windowed stage whose records are <see cref="Reading"/>, with a clock that is set by hand.
/// </summary>
internal class WindowRun<TOut>
{
    private readonly Stage _stage;
    private readonly Func<TOut, string> _text;
    private readonly Random? _room;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly SubtaskContext _subtask;
    private Receiver<Reading> _kernel;
    private IStatefulOperator _operator;

    /// <summary>Makes the operator.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="text">What results look like.</param>
    /// <param name="room">Closes the output at random, if given: then drain by hand.</param>
    public WindowRun(Stage stage, Func<TOut, string> text, Random? room = null)
    {
        _stage = stage;
        _text = text;
        _room = room;
        _subtask = new(TestJob.Context("run") with { BatchCapacity = 4, Time = _time }, 0, 0, 1);
        (_kernel, _operator) = Make();
    }

    /// <summary>Gets what came out: <c>out</c>, <c>late</c>, the name of a side output, <c>wm</c>, <c>idle</c> or <c>active</c>.</summary>
    public List<(string Kind, string Text, long Time)> Output { get; } = [];

    public long Late => _subtask.Counters.Late;

    public bool IsHeld => _subtask.Flow.IsHeld;

    public (int Event, int Processing) Timers => _operator is ITimed timed ? timed.Timers : (0, 0);

    public int Kept => _operator is ITimed timed ? timed.Kept : 0;

    public void Record(long key, long value, long time) => Records([(new Reading(key, value), time)]);

    public void Records(IReadOnlyList<(Reading Reading, long Time)> records)
    {
        var batch = new Batch<Reading>(Math.Max(1, records.Count));
        foreach (var (reading, time) in records)
        {
            batch.Add(reading, time);
        }

        _kernel.OnBatch(batch);
        DrainUnlessByHand();
    }

    public void Watermark(long time)
    {
        _kernel.OnWatermark(new Watermark(time));
        DrainUnlessByHand();
    }

    public void Clock(long time)
    {
        _time.Advance(TimeSpan.FromMicroseconds(time) - (_time.GetUtcNow() - DateTimeOffset.UnixEpoch));
        if (_operator is IClockListener listener && listener.NextDeadline <= _subtask.Clock.Now)
        {
            listener.OnClock(_subtask.Clock.Now);
        }

        DrainUnlessByHand();
    }

    public void Restore(bool forgetWatermark = false)
    {
        var writer = new OperatorStateWriter(_operator.Id);
        _operator.Snapshot(writer);
        var state = writer.ToState();
        (_kernel, _operator) = Make();
        _operator.Restore(forgetWatermark ? new OperatorState(state.Id, state.KeyGroups, state.Items, []) : state);
    }

    /// <summary>Lets held operators go on until nothing is held.</summary>
    public void Drain()
    {
        _subtask.Flow.Open();
        for (var i = 0; _subtask.Flow.IsHeld; i++)
        {
            Assert.True(i < 1_000_000, "It never came to an end.");
            _subtask.Flow.TryResume();
            _subtask.Flow.Open();
        }
    }

    /// <summary>Runs items: <c>2:1@1000</c> is a record, <c>WM5</c> a watermark, <c>PT5</c> sets the clock, <c>restore</c> restores.</summary>
    /// <returns>What came out, results between two watermarks in order of their text.</returns>
    public string Run(string items, bool crash = false)
    {
        Output.Clear();
        foreach (var item in items.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (crash || item == "restore")
            {
                Restore();
            }

            if (item.StartsWith("WM", StringComparison.Ordinal))
            {
                Watermark(Number(item[2..]));
            }
            else if (item.StartsWith("PT", StringComparison.Ordinal))
            {
                Clock(Number(item[2..]));
            }
            else if (item != "restore")
            {
                var parts = item.Split(':', '@');
                Record(Number(parts[0]), Number(parts[1]), parts.Length > 2 ? Number(parts[2]) : long.MinValue);
            }
        }

        return Sorted();
    }

    /// <summary>What came out, results between two watermarks in order of their text.</summary>
    public string Sorted()
    {
        var (lines, first) = (new List<string>(), 0);
        foreach (var (kind, text, time) in Output)
        {
            lines.Add(kind switch
            {
                "out" => string.Create(CultureInfo.InvariantCulture, $"{text}@{(time == long.MaxValue ? "MAX" : time)}"),
                "wm" => string.Create(CultureInfo.InvariantCulture, $"WM{(time == long.MaxValue ? "MAX" : time)}"),
                "idle" or "active" => kind,
                _ => string.Create(CultureInfo.InvariantCulture, $"{kind}({text}@{time})"),
            });
            if (kind is "wm" or "idle" or "active")
            {
                lines.Sort(first, lines.Count - first - 1, StringComparer.Ordinal);
                first = lines.Count;
            }
        }

        lines.Sort(first, lines.Count - first, StringComparer.Ordinal);
        return string.Join(' ', lines);
    }

    private static long Number(string text) => text switch
    {
        "MAX" => long.MaxValue,
        _ => long.Parse(text, CultureInfo.InvariantCulture),
    };

    private void DrainUnlessByHand()
    {
        if (_room is null)
        {
            Drain();
        }
    }

    private (Receiver<Reading> Kernel, IStatefulOperator Operator) Make()
    {
        var owned = new List<IStatefulOperator>();
        var receivers = new Dictionary<StageOutput, object> { [_stage.Outputs[0]] = new Lines<TOut>(this, "out", _text) };
        foreach (var side in _stage.Outputs.Skip(1))
        {
            receivers[side] = side is StageOutput<Reading>
                ? new Lines<Reading>(this, side.Name!, reading => string.Create(CultureInfo.InvariantCulture, $"{reading.Key}:{reading.Value}"))
                : new Lines<string>(this, side.Name!, text => text);
        }

        var context = new SpanContext([_stage], receivers, _subtask, owned);
        var kernel = _stage.Accept(new StageOperators(context, isExchange: false, new SinkOpener()));
        return ((Receiver<Reading>)kernel, owned.Single());
    }

    private sealed class Lines<T>(WindowRun<TOut> run, string kind, Func<T, string> text) : Receiver<T>
    {
        public override void OnBatch(Batch<T> batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                run.Output.Add((kind, text(batch.Values[i]), batch.Times[i]));
            }

            if (run._room?.Next(2) == 0)
            {
                run._subtask.Flow.Close();
            }
        }

        public override void OnWatermark(Watermark watermark)
        {
            if (kind == "out")
            {
                run.Output.Add(("wm", "", watermark.Time));
            }
        }

        public override void OnIdle(bool isIdle)
        {
            if (kind == "out")
            {
                run.Output.Add((isIdle ? "idle" : "active", "", 0));
            }
        }
    }
}
