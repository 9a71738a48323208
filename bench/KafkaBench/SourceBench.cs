using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.Bench.KafkaLog;

/// <summary>
/// Takes what the client has fetched: the source in a job, a loop in C# around the client's batch queue, and Confluent's Consume.
/// </summary>
internal static class SourceBench
{
    // The runtime compiles in three steps, each behind calls and a pause: a drain of a tenth of a second is over before the second.
    private const int WarmUps = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // All of a topic fits: nothing is fetched while it is taken.
    private static KafkaConnection Connection => Topics.Connection
        .WithConsumer("queued.min.messages", "10000000")
        .WithConsumer("queued.max.messages.kbytes", "2097151");

    public static async Task RunAsync(bool isShort, string[] asked)
    {
        int[] Chosen(int at, params int[] all) => asked.Length > at ? [int.Parse(asked[at], CultureInfo.InvariantCulture)] : all;
        Console.WriteLine("bytes, partitions, threads: M records/s (CPU ns a record) raw batch queue · Consume() · Weir; "
            + "Weir ÷ raw, ÷ Consume(), garbage B a record");
        foreach (var size in Chosen(0, 100, 1024))
        {
            foreach (var partitions in Chosen(1, 1, 32))
            {
                var count = (isShort ? 600_000L : 2_400_000) / (size > 500 ? 3 : 1);
                var topic = Topics.Make("source", partitions);
                Topics.Fill(topic, partitions, count, Topics.WriteTick, size);
                foreach (var threads in Chosen(2, 1, 2).Where(threads => threads <= partitions))
                {
                    await CompareAsync(topic, size, partitions, threads, count, isShort ? 3 : Figures.Rounds);
                }

                Topics.Delete(topic);
            }
        }
    }

    private static async Task CompareAsync(string topic, int size, int partitions, int threads, long count, int rounds)
    {
        var (raws, theirs, ours) = (new List<Drained>(), new List<Drained>(), new List<Drained>());
        for (var round = -WarmUps; round < rounds; round++)
        {
            var raw = Raw(topic, partitions, threads, count);
            var consume = round < 0 ? default : Consume(topic, partitions, count);
            var weir = await WeirAsync(topic, partitions, threads, count);
            if (round >= 0)
            {
                raws.Add(raw);
                theirs.Add(consume);
                ours.Add(weir);
            }
        }

        static string Of(List<Drained> runs) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Figures.Median(runs.Select(run => run.Rate)) / 1e6:F2} ({Figures.Median(runs.Select(run => run.NanosecondsCpu)):F0})");
        double Ratio(List<Drained> others) => Figures.Ratio(ours.Select(run => run.Rate), others.Select(run => run.Rate));
        var ratios = string.Join(' ', ours.Zip(raws, (own, raw) => Figures.Text(own.Rate / raw.Rate)));
        var byCpu = string.Join(' ', ours.Zip(raws, (own, raw) => Figures.Text(raw.NanosecondsCpu / own.NanosecondsCpu)));
        var cpu = Figures.Ratio(raws.Select(run => run.NanosecondsCpu), ours.Select(run => run.NanosecondsCpu));
        Figures.Print(
            $"{size} B, {partitions}, {threads}: {Of(raws)} · {Of(theirs)} · {Of(ours)}; {Ratio(raws):F2} ({ratios}), by CPU {cpu:F2} ({byCpu}), ",
            $"{Ratio(theirs):F1}; garbage {Figures.Median(ours.Select(run => run.BytesOfGarbage)):F3}");
    }

    // Threads share the partitions; each has one queue, as the client's own examples do.
    private static unsafe Drained Raw(string topic, int partitions, int threads, long count)
    {
        using var consumer = new Consumer(Connection.ForConsumer(), Topics.Events);
        var all = Enumerable.Range(0, partitions)
            .Select(partition => consumer.Assign(new TopicPartition(topic, partition), 0, static () => { })).ToList();
        var shared = new nint[threads];
        var left = new long[threads];
        for (var partition = 0; partition < partitions; partition++)
        {
            var thread = partition % threads;
            if (shared[thread] == 0)
            {
                shared[thread] = Rd.rd_kafka_queue_new(consumer.Pointer);
            }

            var queue = Rd.rd_kafka_queue_get_partition(consumer.Pointer, topic, partition);
            Rd.rd_kafka_queue_forward(queue, shared[thread]);
            Rd.rd_kafka_queue_destroy(queue);
            left[thread] += consumer.Watermarks(new TopicPartition(topic, partition), Patience).High;
        }

        Cpu.WaitUntilIdle();
        var (cpu, garbage, begun) = (Cpu.Seconds, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var sums = new long[threads];
        var drains = Enumerable.Range(0, threads).Select(thread =>
        {
            var drain = new Thread(() => sums[thread] = Drain(shared[thread], left[thread])) { Name = $"raw-{thread}" };
            drain.Start();
            return drain;
        }).ToList();
        drains.ForEach(drain => drain.Join());
        var drained = new Drained(
            count, Stopwatch.GetElapsedTime(begun).TotalSeconds, Cpu.Seconds - cpu, GC.GetTotalAllocatedBytes() - garbage);
        Check(sums.Sum(), count);
        foreach (var queue in all)
        {
            queue.Dispose();
        }

        foreach (var queue in shared)
        {
            Rd.rd_kafka_queue_destroy(queue);
        }

        return drained;
    }

    private static unsafe long Drain(nint queue, long left)
    {
        const int AtOnce = 1000;
        var messages = stackalloc RdMessage*[AtOnce];
        var sum = 0L;
        while (left > 0)
        {
            var taken = (int)Rd.rd_kafka_consume_batch_queue(queue, 0, messages, AtOnce);
            for (var i = 0; i < taken; i++)
            {
                var message = messages[i];
                if (message->Error == 0)
                {
                    sum += MemoryMarshal.Read<Tick>(new ReadOnlySpan<byte>(message->Payload, (int)message->Length)).Number;
                    left--;
                }

                Rd.rd_kafka_message_destroy(message);
            }
        }

        return sum;
    }

    private static Drained Consume(string topic, int partitions, long count)
    {
        using var consumer = new Confluent.Kafka.ConsumerBuilder<Confluent.Kafka.Ignore, byte[]>(new Confluent.Kafka.ConsumerConfig
        {
            BootstrapServers = Topics.Servers,
            GroupId = "bench",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            QueuedMinMessages = 10_000_000,
            QueuedMaxMessagesKbytes = 2_097_151,
        }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(partition => new Confluent.Kafka.TopicPartitionOffset(topic, partition, 0)));
        var (sum, taken) = (0L, 0L);
        while (taken < count / 20)
        {
            sum += Take(consumer);
            taken++;
        }

        Cpu.WaitUntilIdle();
        var (first, cpu, garbage, begun) = (taken, Cpu.Seconds, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        for (; taken < count; taken++)
        {
            sum += Take(consumer);
        }

        var drained = new Drained(
            count - first, Stopwatch.GetElapsedTime(begun).TotalSeconds, Cpu.Seconds - cpu, GC.GetTotalAllocatedBytes() - garbage);
        Check(sum, count);
        consumer.Close();
        return drained;
    }

    private static long Take(Confluent.Kafka.IConsumer<Confluent.Kafka.Ignore, byte[]> consumer) =>
        MemoryMarshal.Read<Tick>(consumer.Consume(Patience).Message.Value).Number;

    private static async Task<Drained> WeirAsync(string topic, int partitions, int threads, long count)
    {
        var gate = new Gate(count, count / 20 / threads);
        var job = new Job("drain");
        job.From(Weir.Kafka.ReadMessages(
            Connection,
            topic,
            static message => MemoryMarshal.Read<Tick>(message.Value),
            new KafkaReadOptions { End = KafkaEnd.LatestAtStart }))
            .To(gate);
        var run = job.RunAsync(new JobOptions { Parallelism = threads });
        var release = Task.Factory.StartNew(gate.Release, TaskCreationOptions.LongRunning);
        await await Task.WhenAny(run, release);
        var drained = await release;
        await run;
        Check(gate.Sum, count);
        return drained;
    }

    private static void Check(long sum, long count)
    {
        if (sum != count * (count - 1) / 2)
        {
            throw new InvalidOperationException($"The sum of {count:N0} records is {sum:N0}.");
        }
    }
}
