using System.Globalization;
using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>
/// Sessions of records <c>(key, number)</c>, each a list of its numbers or their sum, whose output fills up now and then, and whose
/// operators are thrown away and restored.
/// </summary>
internal sealed class SessionRun
{
    private readonly Stage _stage;
    private readonly SubtaskContext _subtask = new(TestJob.Context("sessions") with { BatchCapacity = 2 }, 0, 0, 1);
    private readonly int _closesAfter;
    private Receiver<(string Key, long Value)> _kernel;
    private IStatefulOperator _operator;
    private int _left;

    /// <summary>Makes it.</summary>
    /// <param name="gap">The gap in microseconds.</param>
    /// <param name="sums">Whether numbers are added up, or kept.</param>
    /// <param name="closesAfter">After how many batches of two the output is full.</param>
    public SessionRun(long gap, bool sums, int closesAfter)
    {
        (_closesAfter, _left) = (closesAfter, closesAfter);
        var windowed = new Job("sessions").From(new MemorySource<(string Key, long Value)>([]))
            .WithEventTime(_ => 0L, TimeSpan.Zero)
            .KeyBy(record => record.Key)
            .Window(SessionWindow.WithGap(TimeSpan.FromMicroseconds(gap)))
            .LateTo(out _);
        _stage = sums
            ? windowed.Aggregate(new SumOf(), (key, window, sum) => Text(key, window, $"{sum}")).Stage
            : windowed.Aggregate(g => Text(g.Key, g.Window, string.Join(' ', g.Select(record => record.Value)))).Stage;
        (_kernel, _operator) = Make();
    }

    public List<string> Results { get; } = [];

    public List<string> Late { get; } = [];

    public bool IsHeld => ((IResumable)_operator).IsHeld;

    /// <summary>What a session results in.</summary>
    public static string Text(string key, TimeWindow window, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{key}[{window.StartTime},{window.EndTime})={what}");

    public void Records(IReadOnlyList<(string Key, long Value, long Time)> records)
    {
        var batch = new Batch<(string, long)>(Math.Max(1, records.Count));
        foreach (var (key, value, time) in records)
        {
            batch.Add((key, value), time);
        }

        _kernel.OnBatch(batch);
    }

    public void Watermark(long time) => _kernel.OnWatermark(new Watermark(time));

    /// <summary>Lets a held fire go on for one step.</summary>
    public void Resume()
    {
        _subtask.Flow.Open();
        _subtask.Flow.TryResume();
    }

    /// <summary>Lets a held fire go on until it is over.</summary>
    public void Drain()
    {
        for (var i = 0; IsHeld; i++)
        {
            Assert.True(i < 100_000, "It never came to an end.");
            Resume();
        }

        _subtask.Flow.Open();
    }

    /// <summary>Drains it, as a subtask does before a barrier, and goes on with another one that is restored.</summary>
    public void Crash()
    {
        Drain();
        var writer = new OperatorStateWriter(_operator.Id);
        _operator.Snapshot(writer);
        var snapshot = writer.ToState();
        _subtask.Flow.Dispose();
        (_kernel, _operator) = Make();
        _operator.Restore(snapshot);
    }

    private (Receiver<(string, long)> Kernel, IStatefulOperator Operator) Make()
    {
        var owned = new List<IStatefulOperator>();
        var receivers = new Dictionary<StageOutput, object>
        {
            [_stage.Outputs[0]] = new Lines<string>(Results, static (value, time) => $"{value}@{time}", () =>
            {
                if (--_left <= 0)
                {
                    _left = _closesAfter;
                    _subtask.Flow.Close();
                }
            }),
            [_stage.Outputs[1]] = new Lines<(string Key, long Value)>(Late, static (value, time) => $"{value.Key}:{value.Value}@{time}"),
        };
        var kernel = _stage.Accept(new StageOperators(
            new SpanContext([_stage], receivers, _subtask, owned), isExchange: false, new SinkOpener()));
        return ((Receiver<(string, long)>)kernel, owned.Single());
    }

    private sealed class Lines<T>(List<string> lines, Func<T, long, string> text, Action? came = null) : Receiver<T>
    {
        public override void OnBatch(Batch<T> batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                lines.Add(text(batch.Values[i], batch.Times[i]));
            }

            came?.Invoke();
        }

        public override void OnWatermark(Watermark watermark) => lines.Add($"{watermark}");

        public override void OnIdle(bool isIdle)
        {
        }
    }

    private sealed class SumOf : IAggregate<(string Key, long Value), long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in (string Key, long Value) record) => accumulator += record.Value;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }
}
