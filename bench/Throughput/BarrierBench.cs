using System.Diagnostics;
using System.Globalization;

namespace Weir.Bench;

/// <summary>How long checkpoints take: of many subtasks with next to nothing to do, and in front of a sink that is far too slow.</summary>
internal static class BarrierBench
{
    private const int Checkpoints = 30;

    public static void Run(TextWriter output)
    {
        output.WriteLine("| work | mode | median | longest | alignment, longest | in flight, most |");
        output.WriteLine("|---|---|---:|---:|---:|---:|");
        foreach (var mode in new[] { CheckpointMode.ExactlyOnce, CheckpointMode.Unaligned })
        {
            Measure("64 subtasks, trivial work", mode, parallelism: 32, 8, Checkpoints, _ => { }, output);
        }

        // A batch of 1,024 records takes the source some 10 µs, and the sink a millisecond. A thousand batches wait in each channel.
        foreach (var mode in new[] { CheckpointMode.ExactlyOnce, CheckpointMode.Unaligned })
        {
            Measure("a sink 100 times too slow", mode, parallelism: 2, 1024, 5, Spin, output);
        }
    }

    private static void Measure(
        string work, CheckpointMode mode, int parallelism, int queue, int checkpoints, Action<int> perBatch, TextWriter output)
    {
        var directory = Directory.CreateTempSubdirectory("weir-bench-").FullName;
        var job = new Job("barriers");
        job.From(new Endless(parallelism)).Rebalance().To(new Slow(perBatch));
        var running = job.Start(new JobOptions
        {
            Parallelism = parallelism,
            CheckpointMode = mode,
            ChannelCapacity = queue,
            CheckpointDirectory = directory,

            CheckpointTimeout = TimeSpan.FromMinutes(5),
        });
        Thread.Sleep(TimeSpan.FromSeconds(2));
        var taken = new List<JobCheckpoint>();
        for (var i = 0; i < checkpoints; i++)
        {
            taken.Add(running.CheckpointAsync().GetAwaiter().GetResult());
            Thread.Sleep(50);
        }

        running.StopAsync().GetAwaiter().GetResult();
        Directory.Delete(directory, recursive: true);
        var times = taken.Select(checkpoint => checkpoint.Duration.TotalMilliseconds).Order().ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {work} | {mode} | {times[times.Count / 2]:N1} ms | {times[^1]:N1} ms | "
                + $"{taken.Max(checkpoint => checkpoint.Phases.Alignment.TotalMilliseconds):N1} ms | "
                + $"{taken.Max(checkpoint => checkpoint.InFlightBytes) / 1024.0:N0} KiB |"));
    }

    private static void Spin(int records)
    {
        var until = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 1_000_000L * records);
        while (Stopwatch.GetTimestamp() < until)
        {
        }
    }

    private sealed class Endless(int splits) : Source<long, int>
    {
        public override string Description => "numbers without end";

        public override Codec<int> SplitCodec => Codecs.Of<int>();

        public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
            new([.. Enumerable.Range(0, splits)]);

        public override Offset StartOf(int split) => new(0);

        public override ISplitReader<long> Open(int split, Offset offset, SourceContext context) => new Reader(offset);

        private sealed class Reader(Offset start) : ISplitReader<long>
        {
            public Offset Offset { get; private set; } = start;

            public ReadStatus Read(Batch<long> batch)
            {
                var values = batch.Open(out _, timed: false);
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = Offset.Value + i;
                }

                batch.Commit(values.Length);
                Offset = new Offset(Offset.Value + values.Length);
                return ReadStatus.Available;
            }

            public void Dispose()
            {
            }
        }
    }

    private sealed class Slow(Action<int> perBatch) : ISink<long>
    {
        public string Description => "nowhere";

        public ISinkWriter<long> Open(SinkContext context) => new Writer(perBatch);

        private sealed class Writer(Action<int> perBatch) : SinkWriter<long>
        {
            public override void Write(Batch<long> batch) => perBatch(batch.Count);

            public override ValueTask FlushAsync(CancellationToken cancellation) => ValueTask.CompletedTask;
        }
    }
}
