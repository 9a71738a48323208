using System.Globalization;
using System.Runtime.InteropServices;
using Weir.Bench.Baselines;
using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.Streams;
using Weir.Runtime.Subtasks;

namespace Weir.Bench;

/// <summary>The longest step while the windows of a million keys close at one watermark, clearing and pooling of tables included.</summary>
internal static partial class PauseBench
{
    private const int Keys = 1_000_000;

    /// <summary>Closes windows again and again.</summary>
    public static void Run(TextWriter output)
    {
        Close("tumbling 1 s", Tumbling.Of(TimeSpan.FromSeconds(1)), output);
        Close("sliding 3 s every second", Sliding.Of(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)), output);

        // All keys' sessions of a second end within the second behind it: the watermark that comes two seconds later closes them at once.
        Close("sessions, gap 1 ms", SessionWindow.WithGap(TimeSpan.FromMilliseconds(1)), output);
    }

    private static void Close(string work, WindowKind windows, TextWriter output)
    {
        var stage = new Job("pause").From(new ArraySource<Event>([]))
            .WithEventTime(e => e.Timestamp, TimeSpan.Zero).KeyBy(e => e.Key).Window(windows)
            .Aggregate(new CountAndSum(), (key, window, sum) => new WindowSum(key, window.EndTime, sum.Count, sum.Sum)).Stage;
        var subtask = new SubtaskContext(Context(), 0, 0, 1);
        var sink = new Digest();
        var receivers = new Dictionary<StageOutput, object> { [stage.Outputs[0]] = sink };
        var context = new SpanContext([stage], receivers, subtask, []);
        var kernel = (Receiver<Event>)stage.Accept(new StageOperators(context, isExchange: false, new SinkOpener()));
        for (var second = 0; second < 8; second++)
        {
            Fill(kernel, second);
            var (longest, steps, all) = (0.0, 0, 0.0);
            void Step(Action step)
            {
                subtask.Flow.Open();
                var start = CpuMilliseconds();
                step();
                var time = CpuMilliseconds() - start;
                (longest, steps, all) = (Math.Max(longest, time), steps + 1, all + time);
            }

            Step(() => kernel.OnWatermark(new Watermark(((second + 1) * Gen.Sec) - 1)));
            while (subtask.Flow.IsHeld)
            {
                Step(() => subtask.Flow.TryResume());
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {work}, {Keys:N0} keys, close {second} | {sink.Count:N0} results so far | {steps} steps | {all:F0} ms | longest {longest:F2} ms |"));
        }
    }

    private static void Fill(Receiver<Event> kernel, int second)
    {
        var batch = new Batch<Event>(1024);
        for (var key = 0; key < Keys; key++)
        {
            var time = (second * Gen.Sec) + key;
            batch.Add(new Event { Key = (long)Gen.Mix((ulong)key), Timestamp = time, Value = 1 }, time);
            if (batch.Count == batch.Capacity || key == Keys - 1)
            {
                kernel.OnBatch(batch);
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

    // Of this thread alone: what others do on the machine is no pause of ours.
    private static double CpuMilliseconds()
    {
        _ = GetTime(3, out var time);
        return (time.Seconds * 1000.0) + (time.Nanoseconds / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Instant instant);

    [StructLayout(LayoutKind.Sequential)]
    private struct Instant
    {
        public long Seconds;
        public long Nanoseconds;
    }

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
