using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Windows;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Subtasks;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>The operator of a windowed stage, as the public verbs describe it, with a clock that a script sets.</summary>
/// <remarks>One millisecond of the scripts is one microsecond here.</remarks>
internal sealed class GoldenWindow : IGoldenOperator
{
    private readonly GoldenCase _test;
    private readonly Stage _stage;
    private readonly List<string> _records = [];
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly SubtaskContext _subtask;
    private Receiver<Reading> _kernel;
    private IStatefulOperator _operator;

    public GoldenWindow(GoldenCase test)
    {
        _test = test;
        _stage = GoldenWindowStages.Of(test);
        _subtask = new(TestJob.Context("golden") with { BatchCapacity = 4, Time = _time }, 0, 0, 1);
        (_kernel, _operator) = Make();
    }

    public IEnumerable<string> Take(JsonElement step)
    {
        _records.Clear();
        switch (step[0].GetString())
        {
            case "el":
                var batch = new Batch<Reading>(1);
                batch.Add(
                    new Reading(step[1].GetInt64(), step[2].GetInt64()),
                    step[3].ValueKind == JsonValueKind.Null ? long.MinValue : step[3].GetInt64());
                _kernel.OnBatch(batch);
                break;
            case "wm":
                _kernel.OnWatermark(new Watermark(step[1].GetInt64()));
                break;
            case "pt":
                _time.Advance(TimeSpan.FromMicroseconds(step[1].GetInt64()) - (_time.GetUtcNow() - DateTimeOffset.UnixEpoch));
                if (_operator is IClockListener listener && listener.NextDeadline <= _subtask.Clock.Now)
                {
                    listener.OnClock(_subtask.Clock.Now);
                }

                break;
            case "restore":
                Restore(_test.ForgetsWatermark);
                break;
            case var other:
                throw new JsonException($"The step '{other}' is not known.");
        }

        _subtask.Flow.Open();
        while (_subtask.Flow.IsHeld)
        {
            _subtask.Flow.TryResume();
            _subtask.Flow.Open();
        }

        return _records;
    }

    public void Restore() => Restore(forgetWatermark: false);

    public string? Check(GoldenCase test, int step)
    {
        if (step == test.Script.Count - 1 && test.Number("late_dropped") is { } dropped && dropped != _subtask.Counters.Late)
        {
            return $"{dropped} records are late, but {_subtask.Counters.Late} were counted";
        }

        // Flink leaves timers of windows that have become part of others: ours may be fewer, and never more.
        return test.Timers(step) is { } timers && _operator is ITimed { Timers: var ours }
            && (ours.Event > timers.Event || ours.Processing > timers.Processing)
            ? $"there are {ours.Event} and {ours.Processing} timers, where Flink has {timers.Event} and {timers.Processing}"
            : null;
    }

    private void Restore(bool forgetWatermark)
    {
        var writer = new OperatorStateWriter(_operator.Id);
        _operator.Snapshot(writer);
        var state = writer.ToState();
        (_kernel, _operator) = Make();
        _operator.Restore(forgetWatermark ? new OperatorState(state.Id, state.KeyGroups, state.Items, []) : state);
    }

    private (Receiver<Reading> Kernel, IStatefulOperator Operator) Make()
    {
        var owned = new List<IStatefulOperator>();
        var receivers = new Dictionary<StageOutput, object> { [_stage.Outputs[0]] = new Results(_records) };
        if (_stage.Outputs.Length > 1)
        {
            receivers[_stage.Outputs[1]] = new LateReadings(_records);
        }

        var context = new SpanContext([_stage], receivers, _subtask, owned);
        var kernel = _stage.Accept(new StageOperators(context, isExchange: false, new SinkOpener()));
        return ((Receiver<Reading>)kernel, owned.Single());
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // A result is the text of its record up to the event time.
    private sealed class Results(List<string> records) : Receiver<string>
    {
        public override void OnBatch(Batch<string> batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                records.Add($"{batch.Values[i]},{Text(batch.Times[i])}]");
            }
        }

        public override void OnWatermark(Watermark watermark) => records.Add($"[\"wm\",{Text(watermark.Time)}]");

        public override void OnIdle(bool isIdle) => records.Add(isIdle ? "[\"idle\"]" : "[\"active\"]");
    }

    private sealed class LateReadings(List<string> records) : Receiver<Reading>
    {
        public override void OnBatch(Batch<Reading> batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                var time = batch.Times[i] == long.MinValue ? "null" : Text(batch.Times[i]);
                records.Add($"[\"side\",\"late\",{Text(batch.Values[i].Key)},{Text(batch.Values[i].Value)},{time}]");
            }
        }

        public override void OnWatermark(Watermark watermark)
        {
        }

        public override void OnIdle(bool isIdle)
        {
        }
    }
}
