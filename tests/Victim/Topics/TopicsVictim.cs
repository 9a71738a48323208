using System.Globalization;
using System.Security.Cryptography;
using Weir.KafkaLog.Transactions;
using Weir.Runtime.Running;
using Weir.Runtime.State;
using Weir.Victim.Dying;

namespace Weir.Victim;

/// <summary>
/// A job from topic to topic, by the product's own source, arbiter and sinks, that dies or stands still where it is told to.
/// </summary>
/// <remarks>
/// Built from parts because the time-out of its transactions is shorter than <c>Kafka.Write</c> allows, and because its files have no
/// locks: two processes meet as those of two machines do. A line <c>stop</c> on its input stops it in an orderly way.
/// </remarks>
internal static class TopicsVictim
{
    /// <summary>Runs it.</summary>
    /// <returns>0 if it has stopped; 3 if another process has taken the job over; 1 after any other failure.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var orders = TopicsOrders.Parse(args);
        var fatal = FatalPoint.Parse(orders.Fatal, Path.Combine(orders.Directory, "hits"));
        var kafka = new KafkaConnection(orders.Servers);
        using var store = new FileCheckpointStore(
            Path.Combine(orders.Directory, "checkpoints"), new DyingFiles(fatal, locks: false));
        var cluster = new KafkaTransactionLog(
            kafka,
            $"weir.{orders.Job}.tx",
            $"weir.{orders.Job}.progress",
            TimeSpan.FromMilliseconds(orders.TimeoutMs),
            Console.WriteLine);
        var log = Breaking.Log(orders.Mistake, new DyingLog(cluster, fatal));
        using var arbiter = new KafkaArbiter(log, new ArbiterContext(orders.Job, store, TimeProvider.System) { Warn = Console.WriteLine });
        var options = OptionsOf(orders, store, arbiter);
        options.Check();
        var plan = new DyingPlan(
            new PipelinePlan(JobOf(orders, kafka, fatal), options, KeySeed.Of(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)))),
            fatal);
        var control = new JobControl(orders.Job, TimeProvider.System);
        _ = Task.Run(() => StopWhenTold(control));
        try
        {
            var result = await JobRunner.RunAsync(
                orders.Job, plan, options, new JobMonitor(orders.Job, options), CancellationToken.None, control);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"done: {result}"));
            return 0;
        }
        catch (JobException failure)
        {
            Console.WriteLine($"failed: {failure.Message}");
            return FailureKinds.IsFenced(failure) ? 3 : 1;
        }
    }

    private static Job JobOf(TopicsOrders orders, KafkaConnection kafka, FatalPoint fatal)
    {
        var job = new Job(orders.Job);
        TopicsPipeline.Define(
            job,
            Kafka.ReadMessages(
                kafka,
                $"{orders.Job}-in",
                message =>
                {
                    fatal.Pass(TopicPoint.AfterFetch);
                    return Arrival.Of(message);
                },
                new KafkaReadOptions { DiscoverEvery = TimeSpan.FromMilliseconds(300), Group = $"{orders.Job}-group" }),
            To<Copy>("copies", shape => shape.Key(copy => copy.Key).Partition(copy => copy.Partition).Value(copy => copy.ToString())),
            To<Count>("counts", shape => shape.Key(one => one.Key).Partition(one => one.Partition).Value(one => one.ToString())),
            To<Sum>("sums", shape => shape.Key(sum => sum.Key).Value(sum => sum.ToString())));
        return job;

        DyingSink<T> To<T>(string topic, Action<KafkaMessageShape<T>> shape) => new(
            Kafka.Write(kafka, $"{orders.Job}-{topic}", shape), fatal, sends: true, TimeSpan.Zero);
    }

    private static JobOptions OptionsOf(TopicsOrders orders, ICheckpointStore store, ICheckpointArbiter arbiter) => new()
    {
        Parallelism = orders.Parallelism,
        CheckpointStore = store,
        Arbiter = arbiter,
        CheckpointInterval = TimeSpan.FromMilliseconds(orders.IntervalMs),
        CheckpointMode = orders.Mode == "unaligned" ? CheckpointMode.Unaligned : CheckpointMode.ExactlyOnce,
        RetainedCheckpoints = 2,
        BatchCapacity = 32,
        ChannelCapacity = 4,
        InlineBytes = 0,
        Guarantee = Guarantee.ExactlyOnce,
        RestartStrategy = RestartStrategy.FixedDelay(200, TimeSpan.FromMilliseconds(100)),
        OnEvent = static happened => Console.WriteLine(Told.Of(happened)),
    };

    private static void StopWhenTold(JobControl control)
    {
        if (Console.ReadLine() == "stop")
        {
            control.Requests.AskForStop();
        }
    }
}
