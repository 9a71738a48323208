using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.Bench.KafkaLog.Latency;

/// <summary>From the moment a record is written until its running count can be read, exactly once; beside it what a commit takes.</summary>
internal static class LatencyBench
{
    private const int Partitions = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // The broker compiles for most of a minute once it is loaded; so does this process, for some seconds.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(15);

    private static bool _isWarm;

    public static async Task RunAsync(bool isShort, string[] asked)
    {
        int[] rates = asked.Length > 0 ? [int.Parse(asked[0], CultureInfo.InvariantCulture)] : [20_000, 50_000];
        int[] intervals = asked.Length > 1 ? [int.Parse(asked[1], CultureInfo.InvariantCulture)] : [20, 100];
        foreach (var rate in rates)
        {
            foreach (var interval in intervals)
            {
                await MeasureAsync(rate, interval, TimeSpan.FromSeconds(isShort ? 5 : 10));
            }
        }
    }

    private static async Task MeasureAsync(int rate, int interval, TimeSpan time)
    {
        var (input, output) = (Topics.Make("latency", Partitions), Topics.Make("latency-out", Partitions));
        var directory = Directory.CreateTempSubdirectory("weir-bench-");
        var commits = Commits(interval, TimeSpan.FromSeconds(2));
        var latencies = Enumerable.Range(0, Figures.Rounds).Select(_ => new List<double>(rate * 30)).ToArray();
        var takes = new List<JobCheckpoint>();
        var measuresFrom = long.MaxValue;
        var ticksAMs = Stopwatch.Frequency / 1000.0;
        var (seen, age, completed, round) = (0L, 0L, 0L, 0);
        using var stop = new CancellationTokenSource();
        var job = new Job($"latency-{output}");
        LatencyPipeline.Define(
            job,
            Weir.Kafka.ReadMessages(Topics.Connection, input, static message => MemoryMarshal.Read<Tick>(message.Value)),
            Weir.Kafka.Write<Sums>(Topics.Connection, output, shape => shape
                .Key(static sums => sums.Key)
                .Value(static sums => sums, SumsFormat.Instance)));
        using (var watcher = new Watcher(output, Partitions, value =>
        {
            var (at, now) = (MemoryMarshal.Read<Sums>(value).End, Stopwatch.GetTimestamp());
            (seen, age) = (seen + 1, now - at);
            if (at >= Volatile.Read(ref measuresFrom))
            {
                latencies[Volatile.Read(ref round)].Add((now - at) / ticksAMs);
            }
        }))
        {
            var running = job.Start(
                new JobOptions
                {
                    CheckpointInterval = TimeSpan.FromMilliseconds(interval),
                    CheckpointDirectory = directory.FullName,
                    OnEvent = told =>
                    {
                        if (told is JobEvent.CheckpointCompleted { Details: { } details })
                        {
                            completed++;
                            if (Volatile.Read(ref measuresFrom) != long.MaxValue)
                            {
                                takes.Add(details);
                            }
                        }
                        else if (told is JobEvent.Failed or JobEvent.CheckpointFailed or JobEvent.Warning)
                        {
                            Console.WriteLine(told);
                        }
                    },
                },
                stop.Token);
            using (var feeder = new Feeder(input, Partitions, rate))
            using (var tells = new Timer(
                _ => Figures.Print(
                    $"  {feeder.Written:N0} written, {seen:N0} seen, the newest {age / ticksAMs:F0} ms old; {completed:N0} checkpoints"),
                null,
                2000,
                2000))
            {
                await Task.Delay(_isWarm ? Again : WarmUp);
                _isWarm = true;
                await KeptUpAsync(() => seen > 0 && age < Stopwatch.Frequency);
                Volatile.Write(ref measuresFrom, Stopwatch.GetTimestamp());
                var cpu = Cpu.Seconds;
                for (var next = 0; next < Figures.Rounds; next++)
                {
                    Volatile.Write(ref round, next);
                    await Task.Delay(time);
                }

                Figures.Print(
                    $"{rate:N0} records/s, interval {interval} ms: ",
                    $"{(Cpu.Seconds - cpu) / (time.TotalSeconds * Figures.Rounds):F2} cores in this process");
            }

            await Task.Delay(1000);
            await stop.CancelAsync();
            try
            {
                await running.Completion;
            }
            catch (OperationCanceledException)
            {
                Trace.WriteLine("stopped");
            }
        }

        Tell(latencies, takes, commits);
        directory.Delete(recursive: true);
        Topics.Delete(input, output);
    }

    private static void Tell(List<double>[] latencies, List<JobCheckpoint> takes, double[] commits)
    {
        var sorted = latencies.Select(static round => round.Order().ToArray()).ToArray();
        Figures.Print(
            $"  latency p50 {Rounds(sorted, 0.5)}, p99 {Rounds(sorted, 0.99)}, ",
            $"longest {sorted.Max(static round => round.LastOrDefault()):F1} ms of {sorted.Sum(static round => round.Length):N0} records; ",
            $"commit of a transaction with one record p50 {Figures.Quantile(commits, 0.5):F1}, ",
            $"p99 {Figures.Quantile(commits, 0.99):F1} ms");
        Figures.Print(
            $"  {takes.Count:N0} checkpoints, {Told(takes, static one => one.Duration)}: to the barrier ",
            $"{Told(takes, static one => one.Phases.StartDelay)}, aligning {Told(takes, static one => one.Phases.Alignment)}, ",
            $"flushing {Told(takes, static one => one.Phases.Sync + one.Phases.Async)}, ",
            $"manifest and commit {Told(takes, static one => one.Duration - one.Phases.Total)}");
    }

    private static string Rounds(double[][] rounds, double share)
    {
        var told = rounds.Select(round => Figures.Quantile(round, share)).ToArray();
        return string.Create(
            CultureInfo.InvariantCulture, $"{Figures.Median(told):F1} ({string.Join(' ', told.Select(one => $"{one:F0}"))})");
    }

    private static string Told(List<JobCheckpoint> checkpoints, Func<JobCheckpoint, TimeSpan> part)
    {
        var sorted = checkpoints.Select(one => part(one).TotalMilliseconds).Order().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture, $"p50 {Figures.Quantile(sorted, 0.5):F1}, p99 {Figures.Quantile(sorted, 0.99):F1} ms");
    }

    // A job that has just started is behind, and compiles: its first seconds would be measured instead of its latency.
    private static async Task KeptUpAsync(Func<bool> keepsUp)
    {
        const int Quiet = 30;
        var begun = Stopwatch.GetTimestamp();
        for (var quiet = 0; quiet < Quiet; quiet = keepsUp() ? quiet + 1 : 0)
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
            {
                Console.WriteLine($"  within {Patience.TotalSeconds:F0} s nothing was younger than a second for {Quiet / 10} s");
                return;
            }

            await Task.Delay(100);
        }
    }

    // A transaction without any record is committed without a request, and says nothing: this one holds what a progress record is.
    private static unsafe double[] Commits(int interval, TimeSpan time)
    {
        var topic = Topics.Make("empty", 1);
        var taken = new List<double>();
        using var producer = new Producer(
            Topics.Connection.ForProducer(), Topics.Events, new TransactionSettings($"bench-{topic}", TimeSpan.FromSeconds(60)));
        Expect(producer.InitTransactions(Patience));
        var handle = producer.Topic(topic);
        var bytes = stackalloc byte[300];
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < time;)
        {
            var from = Stopwatch.GetTimestamp();
            Expect(producer.BeginTransaction());
            Expect(producer.Produce(handle, new RdMessage { Payload = bytes, Length = 300 }, null, 0));
            Expect(producer.CommitTransaction(Patience));
            taken.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            Thread.Sleep(interval);
        }

        return [.. taken.Order()];
    }

    private static void Expect(KafkaError? error)
    {
        if (error is not null)
        {
            throw new InvalidOperationException(error.ToString());
        }
    }
}

/// <summary>A running count by key, with the moment of the newest record.</summary>
internal static class LatencyPipeline
{
    [Pipeline]
    public static void Define(Job job, ISource<Tick> source, ITransactionalSink<Sums> sink) => job
        .From(source)
        .KeyBy(tick => tick.Number % 1000)
        .Aggregate(g => new Sums(g.Key, g.Max(tick => tick.Time), g.Count(), 0))
        .To(sink);
}
