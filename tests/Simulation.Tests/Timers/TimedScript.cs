using System.Globalization;
using Weir.Graph;
using Weir.Runtime.Channels;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Keyed;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Subtasks;
using Weir.Testing;
using Barrier = Weir.Runtime.Streams.Barrier;

namespace Weir.Simulation.Tests.Timers;

/// <summary>
/// Runs a <see cref="TimedProcess"/> in a subtask that the simulated scheduler steps: <c>7:x@42</c> is a record of the key 7, <c>WM5</c> a
/// watermark, <c>PT20</c> waits until 20 ms of processing time have passed.
/// </summary>
/// <remarks>With crashes the subtask is snapshotted, thrown away and restored before every item: the output must be the same.</remarks>
internal sealed class TimedScript(int seed, bool crash, TimedAction onRecord, TimedAction onTimer)
{
    private readonly SimulatedTime _time = new();
    private readonly List<string> _output = [];
    private OperatorState? _state;
    private int _turns;

    /// <summary>The timers that are left.</summary>
    public int Timers { get; private set; }

    /// <summary>The processing time at which the script began, in microseconds since the Unix epoch.</summary>
    public long Start { get; } = EventTime.Of(new SimulatedTime().GetUtcNow());

    /// <summary>Runs all items, and gives what came out.</summary>
    public string Run(string script)
    {
        var items = script.Split(' ');
        foreach (var life in crash ? items.Select(item => new[] { item }) : [items])
        {
            Live(life);
        }

        return string.Join(' ', _output);
    }

    private void Live(string[] items)
    {
        var pool = new SimulatedWorkPool();
        var job = new JobContext
        {
            Name = "timed",
            Attempt = 1,
            RunId = default,
            KeyGroupCount = 128,
            Time = _time,
            Store = new MemoryCheckpointStore(),
            Work = pool,
        };
        var context = new SubtaskContext(job, 0, 0, 1);
        var owned = new List<IStatefulOperator>();
        var (receiver, timed) = Timed(context, owned);
        var head = new Head(receiver, items, _time, Start);
        var subtask = new Subtask(new SubtaskParts(context, "timed", false, head, [], owned, new Mailbox<SubtaskReport>()));
        if (_state is not null)
        {
            subtask.Restore(new Dictionary<string, OperatorState> { [timed.Id] = _state });
        }

        // All items, and what is due by then: a subtask whose head has no more is idle or waits for a timer that lies behind the script.
        var scheduler = new SimulatedScheduler([subtask], seed + _turns++, _time, pool);
        for (var turn = 0; !head.IsAtEnd || timed.NextDeadline <= context.Clock.Now; turn++)
        {
            Assert.True(turn < 100_000, $"seed {seed}: {scheduler.Describe()}");
            scheduler.Turn();
        }

        var writer = new OperatorStateWriter(timed.Id);
        timed.Snapshot(writer);
        _state = writer.ToState();
        Timers = timed.Timers.Event + timed.Timers.Processing;
    }

    private (Receiver<(long Key, string Value)> Receiver, ProcessByKey<(long Key, string Value), long, string> Timed) Timed(
        SubtaskContext context, List<IStatefulOperator> owned)
    {
        var stage = new Job("timed").From<(long Key, string Value)>([]).KeyBy(record => record.Key)
            .Process(() => new TimedProcess(onRecord, onTimer)).Stage;
        var span = new SpanContext(
            [stage], new Dictionary<StageOutput, object> { [stage.Outputs[0]] = new Recorder(_output) }, context, owned)
        {
            MakesTimed = true,
        };
        var built = stage.Accept(new StageOperators(span, isExchange: false, new SinkOpener()));
        return ((Receiver<(long Key, string Value)>)built, (ProcessByKey<(long Key, string Value), long, string>)owned[^1]);
    }

    private sealed class Recorder(List<string> output) : Receiver<string>
    {
        public override void OnBatch(Batch<string> batch) => output.AddRange(batch.Values.ToArray());

        public override void OnWatermark(Watermark watermark) =>
            output.Add(string.Create(CultureInfo.InvariantCulture, $"WM{watermark.Time}"));

        public override void OnIdle(bool isIdle) => output.Add(isIdle ? "idle" : "active");
    }

    private sealed class Head(Receiver<(long Key, string Value)> timed, string[] items, SimulatedTime time, long start)
        : IHead
    {
        private int _next;
        private ITimer? _timer;

        public Action? Wake { private get; set; }

        public bool IsAtEnd => _next == items.Length;

        public void Open()
        {
        }

        public long? BarrierSince => null;

        public HeadStep Step(long now, out Barrier barrier)
        {
            barrier = default;
            if (IsAtEnd)
            {
                return HeadStep.Nothing;
            }

            var item = items[_next];
            if (item.StartsWith("PT", StringComparison.Ordinal))
            {
                var left = start + (long.Parse(item.AsSpan(2), CultureInfo.InvariantCulture) * 1000) - EventTime.Of(time.GetUtcNow());
                if (left > 0)
                {
                    _timer?.Dispose();
                    _timer = time.CreateTimer(_ => Wake!(), null, TimeSpan.FromMicroseconds(left), Timeout.InfiniteTimeSpan);
                    return HeadStep.Nothing;
                }
            }
            else if (item.StartsWith("WM", StringComparison.Ordinal))
            {
                timed.OnWatermark(new Watermark(long.Parse(item.AsSpan(2), CultureInfo.InvariantCulture)));
            }
            else
            {
                var parts = item.Split(':', '@');
                var batch = new Batch<(long, string)>(1);
                batch.Add((long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]),
                    long.Parse(parts[2], CultureInfo.InvariantCulture));
                timed.OnBatch(batch);
            }

            _next++;
            return HeadStep.Element;
        }

        public HeadStep StepBarrier(long now, out Barrier barrier)
        {
            barrier = default;
            return HeadStep.Nothing;
        }

        public void OnCut(CheckpointId checkpoint)
        {
        }

        public void OnForget(CheckpointId checkpoint)
        {
        }

        public void Dispose() => _timer?.Dispose();
    }
}
