using System.Diagnostics;
using System.Globalization;
using Weir.Bench.Baselines;

namespace Weir.Bench;

/// <summary>
/// A job with a million keys in two subtasks, which all change within a second: its throughput with a checkpoint every second and without,
/// in turn while it runs, and how long it takes from a failure to the first record behind it.
/// </summary>
internal static class KeyedJobBench
{
    private const int Keys = 1_000_000;
    private const int Pairs = 5;
    private const int Failures = 3;
    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(4);

    /// <summary>Runs it.</summary>
    public static void Run(TextWriter output)
    {
        var directory = Directory.CreateTempSubdirectory("weir-bench-").FullName;
        var (source, sink) = (new Keyed(), new Counted());
        var job = new Job("keyed");
        Pipelines.Running(job, source, sink);
        var running = job.Start(new JobOptions
        {
            Parallelism = 2,
            CheckpointDirectory = directory,
            CheckpointInterval = TimeSpan.FromHours(1),
            RestartStrategy = RestartStrategy.FixedDelay(Failures, TimeSpan.Zero),
            RepeatedFailureLimit = 0,
        });
        try
        {
            Throughput(running, sink, output);
            Recovery(running, source, sink, output);
            running.StopAsync().GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Throughput(RunningJob running, Counted sink, TextWriter output)
    {
        // Until all keys are there, and all code is compiled.
        Measure(sink, () => Checkpoint(running));
        Measure(sink, () => Checkpoint(running));
        var pairs = new List<(Measured Without, Measured With)>();
        for (var pair = 0; pair < Pairs; pair++)
        {
            // Which one goes first changes: a machine that gets slower is not taken for a checkpoint.
            var first = Measure(sink, pair % 2 == 0 ? static () => { } : () => Checkpoint(running));
            var second = Measure(sink, pair % 2 == 0 ? () => Checkpoint(running) : static () => { });
            pairs.Add(pair % 2 == 0 ? (first, second) : (second, first));
        }

        output.WriteLine("| 1,000,000 keys in two subtasks, all change | M records/s | CPU ns a record | working set, most | ÷ without |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        Print("no checkpoint", pairs.ConvertAll(static pair => pair.Without), "1.00", output);
        var ratios = pairs.Select(static pair => pair.With.Rate / pair.Without.Rate).Order().ToList();
        Print(
            "a checkpoint every second, to files",
            pairs.ConvertAll(static pair => pair.With),
            string.Create(CultureInfo.InvariantCulture, $"{ratios[Pairs / 2]:F3} ({ratios[0]:F3}–{ratios[^1]:F3})"),
            output);
        var taken = running.Checkpoints.Where(static checkpoint => checkpoint.State == CheckpointState.Completed).Take(16).ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| ({taken.Count} checkpoints: synchronous part {taken.Max(static one => one.Phases.Sync.TotalMilliseconds):F2} ms at most, "
                + $"{taken.Average(static one => one.Duration.TotalMilliseconds):F0} ms in all on average, "
                + $"{taken.Average(static one => one.StateBytes) / 1024:N0} KB) | | | | |"));

        // By time on the processors, which what else runs on the machine does not take from: of a second with a checkpoint.
        var cpu = pairs.Select(static pair => (pair.With.Cpu - pair.Without.Cpu) * pair.With.Rate / 1e6).Order().ToList();
        var shares = pairs.Select(static pair => pair.Without.Cpu / pair.With.Cpu).Order().ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| (a checkpoint takes {cpu[Pairs / 2]:F0} ms of CPU, {cpu[0]:F0} to {cpu[^1]:F0}; by CPU a record takes "
                + $"{shares[Pairs / 2]:F3} of the time with one, {shares[0]:F3} to {shares[^1]:F3}) | | | | |"));
    }

    private static void Recovery(RunningJob running, Keyed source, Counted sink, TextWriter output)
    {
        var times = new List<double>();
        for (var failure = 0; failure < Failures; failure++)
        {
            Checkpoint(running);
            Thread.Sleep(500);
            source.FailsAt = sink.FirstAfter = 0;
            source.IsToFail = true;
            while (Volatile.Read(ref sink.FirstAfter) == 0)
            {
                Thread.Sleep(5);
            }

            times.Add(Stopwatch.GetElapsedTime(source.FailsAt, sink.FirstAfter).TotalMilliseconds);
            Thread.Sleep(1000);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| from a failure to the first record behind it: {string.Join(", ", times.Select(time => $"{time:F0}"))} ms | | | | |"));
    }

    private static void Checkpoint(RunningJob running) => running.CheckpointAsync().GetAwaiter().GetResult();

    private static Measured Measure(Counted sink, Action everySecond)
    {
        var (begin, cpu, count, most) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, sink.Count, 0L);
        for (var second = 1; second <= Phase.TotalSeconds; second++)
        {
            everySecond();
            while (Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(second))
            {
                most = Math.Max(most, Environment.WorkingSet);
                Thread.Sleep(20);
            }
        }

        var records = sink.Count - count;
        return new Measured(
            records / Stopwatch.GetElapsedTime(begin).TotalSeconds,
            (Environment.CpuUsage.TotalTime - cpu).TotalNanoseconds / records,
            most);
    }

    private static void Print(string work, List<Measured> all, string ratio, TextWriter output) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {work} | {Median(all, static one => one.Rate) / 1e6:F2} | {Median(all, static one => one.Cpu):F1} | "
            + $"{all.Max(static one => one.Bytes) >> 20:N0} MB | {ratio} |"));

    private static double Median(List<Measured> all, Func<Measured, double> of) => all.Select(of).Order().ElementAt(all.Count / 2);

    private sealed record Measured(double Rate, double Cpu, long Bytes);

    /// <summary>Numbers without end, over all keys at random.</summary>
    private sealed class Keyed : Source<Event, int>
    {
        public volatile bool IsToFail;

        public long FailsAt;

        public override string Description => "keys without end";

        public override Codec<int> SplitCodec => Codecs.Of<int>();

        public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
            new([0, 1]);

        public override Offset StartOf(int split) => new(0);

        public override ISplitReader<Event> Open(int split, Offset offset, SourceContext context) => new Reader(this, split, offset);

        private sealed class Reader(Keyed source, int split, Offset start) : ISplitReader<Event>
        {
            public Offset Offset { get; private set; } = start;

            public ReadStatus Read(Batch<Event> batch)
            {
                if (source.IsToFail && split == 0)
                {
                    source.IsToFail = false;
                    source.FailsAt = Stopwatch.GetTimestamp();
                    throw new InvalidOperationException("It was told to.");
                }

                var values = batch.Open(out _, timed: false);
                for (var i = 0; i < values.Length; i++)
                {
                    var number = (ulong)((Offset.Value + i) * 2) + (uint)split;
                    values[i] = new Event { Key = (long)(Gen.Mix(number) % Keys), Value = 1 };
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

    /// <summary>Counts what arrives, and notes when the first record of an attempt does.</summary>
    private sealed class Counted : ISink<double>
    {
        public long FirstAfter;
        private long _count;

        public long Count => Volatile.Read(ref _count);

        public string Description => "a count in memory";

        public ISinkWriter<double> Open(SinkContext context) => new Writer(this);

        private sealed class Writer(Counted sink) : SinkWriter<double>
        {
            private bool _hasBegun;

            public override void Write(Batch<double> batch)
            {
                if (!_hasBegun)
                {
                    _hasBegun = true;
                    Interlocked.CompareExchange(ref sink.FirstAfter, Stopwatch.GetTimestamp(), 0);
                }

                Interlocked.Add(ref sink._count, batch.Count);
            }
        }
    }
}
