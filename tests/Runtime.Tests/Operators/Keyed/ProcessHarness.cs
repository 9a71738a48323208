using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Operators.Keyed;

/// <summary>What came out of an operator: a record of an output, or a watermark or an idle mark.</summary>
/// <param name="Output">The side output; null for the results, and for marks.</param>
/// <param name="Value">The record, or <c>WM5</c>, <c>idle</c>, <c>active</c>.</param>
/// <param name="Time">Its event time; null where records have none, the least number for none of its own.</param>
internal sealed record Made(string? Output, object? Value, long? Time)
{
    public override string ToString() => $"{(Output is null ? "" : $"{Output}=")}{Value}"
        + (Time is null ? "" : Time == long.MinValue ? "@none" : $"@{Time}");
}

/// <summary>Drives the operator of one stage by hand: batches, watermarks and a clock go in, what came out is listed.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class ProcessHarness<T>
{
    private readonly Stage _stage;
    private readonly bool _isTimed;
    private readonly List<Made> _made = [];
    private readonly HandClock _clock = new();
    private readonly int _index;
    private readonly int _parallelism;
    private readonly KeySeed _seed;
    private SubtaskContext _subtask;
    private Receiver<T> _receiver;

    /// <summary>Makes the operator.</summary>
    /// <param name="stage">Its stage.</param>
    /// <param name="isTimed">Whether records have event times.</param>
    /// <param name="seed">Spreads keys.</param>
    /// <param name="index">The index of its subtask.</param>
    /// <param name="parallelism">The number of subtasks.</param>
    public ProcessHarness(Stage stage, bool isTimed = true, KeySeed? seed = null, int index = 0, int parallelism = 1)
    {
        (_index, _parallelism) = (index, parallelism);
        _stage = stage;
        _isTimed = isTimed;
        _seed = seed ?? KeySeed.Fixed;
        (_subtask, _receiver, Operator) = Make();
    }

    /// <summary>Gets the operator.</summary>
    public IStatefulOperator Operator { get; private set; }

    /// <summary>Gets the time of the clock.</summary>
    public long Now => _clock.Now;

    /// <summary>Gets whether it has stopped in the middle.</summary>
    public bool IsHeld => _subtask.Flow.IsHeld;

    /// <summary>Gets or sets a value indicating whether a step makes room until nothing is held.</summary>
    public bool MakesRoom { get; set; } = true;

    /// <summary>Takes what has come out.</summary>
    public IReadOnlyList<Made> Take()
    {
        Made[] taken = [.. _made];
        _made.Clear();
        return taken;
    }

    /// <summary>Records come in, as one batch.</summary>
    public void Records(params (T Value, long Time)[] records)
    {
        var batch = new Batch<T>(Math.Max(1, records.Length));
        foreach (var (value, time) in records)
        {
            if (_isTimed)
            {
                batch.Add(value, time);
            }
            else
            {
                batch.Add(value);
            }
        }

        Step(() => _receiver.OnBatch(batch));
    }

    public void Watermark(long time) => Step(() => _receiver.OnWatermark(new Watermark(time)));

    public void Idle(bool isIdle) => Step(() => _receiver.OnIdle(isIdle));

    /// <summary>The clock jumps, and what is due is called.</summary>
    public void Clock(long now)
    {
        _clock.Now = now;
        if (Operator is IClockListener listener && listener.NextDeadline <= now)
        {
            Step(() => listener.OnClock(now));
        }
    }

    /// <summary>A step begins: there is room again.</summary>
    public void Room()
    {
        _subtask.Flow.Open();
        _subtask.Flow.TryResume();
    }

    /// <summary>What a checkpoint would hold.</summary>
    public OperatorState Snapshot()
    {
        var writer = new OperatorStateWriter(Operator.Id);
        Operator.Snapshot(writer);
        return writer.ToState();
    }

    /// <summary>Another operator begins, from a checkpoint.</summary>
    public void Restore(OperatorState state)
    {
        (_subtask, _receiver, Operator) = Make();
        Operator.Restore(state);
    }

    private void Step(Action step)
    {
        _subtask.Flow.Open();
        step();
        while (MakesRoom && _subtask.Flow.IsHeld)
        {
            Room();
        }
    }

    private (SubtaskContext, Receiver<T>, IStatefulOperator) Make()
    {
        var subtask = new SubtaskContext(TestJob.Context("script") with { BatchCapacity = 16, Time = _clock, Seed = _seed }, 0, _index, _parallelism);
        var owned = new List<IStatefulOperator>();
        var outputs = _stage.Outputs.ToDictionary(output => output, output => output.Accept(new Recording(output.Name, _made)));
        var context = new SpanContext([_stage], outputs, subtask, owned) { MakesTimed = _isTimed };
        var receiver = (Receiver<T>)_stage.Accept(new StageOperators(context, isExchange: false, new SinkOpener()));
        return (subtask, receiver, owned.Single());
    }

    private sealed class Recording(string? name, List<Made> made) : ITypedCall<object>
    {
        public object Of<TRecord>() => new Recorder<TRecord>(name, made);
    }

    private sealed class Recorder<TRecord>(string? name, List<Made> made) : Receiver<TRecord>
    {
        public override void OnBatch(Batch<TRecord> batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                made.Add(new Made(name, batch.Values[i], batch.IsTimed ? batch.Times[i] : null));
            }
        }

        public override void OnWatermark(Watermark watermark) => Mark($"WM{watermark.Time}");

        public override void OnIdle(bool isIdle) => Mark(isIdle ? "idle" : "active");

        private void Mark(string mark)
        {
            if (name is null)
            {
                made.Add(new Made(null, mark, null));
            }
        }
    }

    private sealed class HandClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => EventTime.Second;

        public override long GetTimestamp() => Now;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMicroseconds(Now);
    }
}
