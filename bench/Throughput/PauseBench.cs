using System.Globalization;
using Weir.Bench.Baselines;
using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.Streams;
using Weir.Runtime.Subtasks;

namespace Weir.Bench;

/// <summary>The longest step: while records fill windows, whose tables grow, and while a watermark closes all of them.</summary>
/// <remarks>Filling is a step a batch. Growing, shrinking, clearing and pooling of tables lie in the steps in which they happen.</remarks>
internal static class PauseBench
{
    private const int Million = 1_000_000;

    private static readonly string[] Names = [.. Enumerable.Range(0, Million).Select(key => key.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Fills and closes windows again and again.</summary>
    public static void Run(TextWriter output)
    {
        var second = TimeSpan.FromSeconds(1);
        var millisecond = TimeSpan.FromMilliseconds(1);
        Measure("tumbling 1 s", Tumbling.Of(second), Keys(), closes: 4, output);
        Measure("sliding 3 s every second", Sliding.Of(TimeSpan.FromSeconds(3), second), Keys(), closes: 8, output);

        // All keys' sessions of a second end within the second behind it: the watermark that comes a second later closes them at once.
        Measure("sessions, gap 1 ms", SessionWindow.WithGap(millisecond), Keys(), closes: 4, output);
        Measure("tumbling 1 s, keys of text", Tumbling.Of(second), Keys(), e => Names[e.Timestamp % Million], closes: 4, output);
        foreach (var (windows, keys) in new[] { (10_000, 1), (10_000, 10), (Million, 1), (Million, 10) })
        {
            Measure($"{windows:N0} windows of {keys} keys", Tumbling.Of(millisecond), Many(windows, keys, 1), closes: 2, output);
            Measure($"{windows:N0} sessions of each of {keys} keys", SessionWindow.WithGap(millisecond), Many(windows, keys, 2), 2, output);
        }
    }

    // A million keys, of one record each, in a second.
    private static Workload Keys() => new(Million, Gen.Sec, n => ((long)Gen.Mix((ulong)n), n));

    // Each key has a record at each of so many times.
    private static Workload Many(int windows, int keys, long milliseconds) =>
        new(windows * keys, windows * milliseconds * 1000, n => ((long)Gen.Mix((ulong)(n % keys)), n / keys * milliseconds * 1000));

    private static void Measure(string work, WindowKind windows, Workload load, int closes, TextWriter output) =>
        Measure(work, windows, load, e => e.Key, closes, output);

    private static void Measure<TKey>(
        string work, WindowKind windows, Workload load, Func<Event, TKey> key, int closes, TextWriter output)
    {
        var stage = new Job("pause").From(new ArraySource<Event>([]))
            .WithEventTime(e => e.Timestamp, TimeSpan.Zero).KeyBy(key).Window(windows)
            .Aggregate(new CountAndSum(), (key, window, sum) => new WindowSum(0, window.EndTime, sum.Count, sum.Sum)).Stage;
        var subtask = new SubtaskContext(Context(), 0, 0, 1);
        var sink = new Digest();
        var receivers = new Dictionary<StageOutput, object> { [stage.Outputs[0]] = sink };
        var context = new SpanContext([stage], receivers, subtask, []);
        var kernel = (Receiver<Event>)stage.Accept(new StageOperators(context, isExchange: false, new SinkOpener()));
        output.WriteLine($"| {work} | filling, a step a batch | closing | results so far |");
        for (var close = 0; close < closes; close++)
        {
            var filling = new StepMeter();
            Fill(kernel, load, close * load.Span, step =>
            {
                subtask.Flow.Open();
                filling.Step(step);
            });
            var filled = filling.ToString();
            var closing = new StepMeter();
            var watermark = new Watermark(((close + 1) * load.Span) - 1);
            subtask.Flow.Open();
            closing.Step(() => kernel.OnWatermark(watermark));
            while (subtask.Flow.IsHeld)
            {
                subtask.Flow.Open();
                closing.Step(() => subtask.Flow.TryResume());
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {close} | {filled} | {closing} | {sink.Count:N0} |"));
        }
    }

    private static void Fill(Receiver<Event> kernel, Workload load, long from, Action<Action> step)
    {
        var batch = new Batch<Event>(1024);
        for (var n = 0; n < load.Records; n++)
        {
            var (key, time) = load.RecordOf(n);
            batch.Add(new Event { Key = key, Timestamp = from + time, Value = 1 }, from + time);
            if (batch.Count == batch.Capacity || n == load.Records - 1)
            {
                step(() => kernel.OnBatch(batch));
                batch.Clear();
            }
        }
    }

    private static JobContext Context() => new()
    {
        Name = "pause",
        Attempt = 1,
        RunId = new RunId(1),
        KeyGroupCount = 128,
        Time = TimeProvider.System,
        Store = new MemoryCheckpointStore(),
        Work = new ThreadPoolWork(TimeSpan.FromSeconds(1), TimeProvider.System),
    };

    private sealed record Workload(int Records, long Span, Func<int, (long Key, long Time)> RecordOf);

    private sealed class CountAndSum : IAggregate<Event, (int Count, double Sum), (int Count, double Sum)>
    {
        public (int Count, double Sum) Create() => default;

        public void Add(ref (int Count, double Sum) accumulator, in Event record) =>
            accumulator = (accumulator.Count + 1, accumulator.Sum + record.Value);

        public void Merge(ref (int Count, double Sum) accumulator, in (int Count, double Sum) other) =>
            accumulator = (accumulator.Count + other.Count, accumulator.Sum + other.Sum);

        public (int Count, double Sum) Result(in (int Count, double Sum) accumulator) => accumulator;
    }

    private sealed class Digest : Receiver<WindowSum>
    {
        public long Count { get; private set; }

        public override void OnBatch(Batch<WindowSum> batch) => Count += batch.Count;

        public override void OnWatermark(Watermark watermark)
        {
        }

        public override void OnIdle(bool isIdle)
        {
        }
    }
}
