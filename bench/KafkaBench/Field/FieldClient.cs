using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Confluent.Kafka;

namespace Weir.Bench.KafkaLog.Field;

/// <summary>
/// The works by hand: Confluent's client, a loop that reads, parses, counts in a dictionary and writes, and a transaction a second that
/// holds the offsets. What is counted does not survive the process.
/// </summary>
internal static class FieldClient
{
    private const long WindowMs = 10_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Run(string work, string input, string output, long count)
    {
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = Topics.Servers,
            GroupId = output,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            IsolationLevel = IsolationLevel.ReadCommitted,
        }).Build();
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = Topics.Servers,
            TransactionalId = output,
            Partitioner = Partitioner.Murmur2Random,
            EnableDeliveryReports = false,
        }).Build();
        producer.InitTransactions(Patience);
        consumer.Assign(Enumerable.Range(0, FieldBench.Partitions)
            .Select(partition => new TopicPartitionOffset(input, partition, Confluent.Kafka.Offset.Beginning)));
        var hand = HandOf(work, (user, value) => Send(producer, output, user, value));
        var positions = new long[FieldBench.Partitions];
        producer.BeginTransaction();
        var committed = Stopwatch.GetTimestamp();
        for (var taken = 0L; taken < count; taken++)
        {
            var result = consumer.Consume(Patience);
            hand(JsonSerializer.Deserialize(result.Message.Value, OrderJson.Default.Order), result.Partition.Value);
            positions[result.Partition.Value] = result.Offset.Value + 1;
            if (Stopwatch.GetElapsedTime(committed) > Interval)
            {
                Commit(consumer, producer, input, positions);
                producer.BeginTransaction();
                committed = Stopwatch.GetTimestamp();
            }
        }

        Commit(consumer, producer, input, positions);
    }

    private static Action<Order, int> HandOf(string work, Action<long, byte[]> send)
    {
        switch (work)
        {
            case "filter":
                return (order, _) =>
                {
                    if (order.Amount >= 500)
                    {
                        send(order.User, JsonSerializer.SerializeToUtf8Bytes(order, OrderJson.Default.Order));
                    }
                };
            case "count":
                var counts = new Dictionary<long, long>();
                return (order, _) =>
                {
                    ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, order.User, out bool _);
                    found++;
                    send(order.User, JsonSerializer.SerializeToUtf8Bytes(new UserCount(order.User, found), OrderJson.Default.UserCount));
                };
            case "window":
                return new Windows(send).Add;
            default:
                throw new ArgumentException($"There is no work '{work}'.");
        }
    }

    private static void Commit(
        IConsumer<Ignore, byte[]> consumer, IProducer<byte[], byte[]> producer, string input, long[] positions)
    {
        producer.SendOffsetsToTransaction(
            positions.Select((position, partition) => new TopicPartitionOffset(input, partition, position)),
            consumer.ConsumerGroupMetadata,
            Patience);
        producer.CommitTransaction(Patience);
    }

    private static void Send(IProducer<byte[], byte[]> producer, string topic, long user, byte[] value)
    {
        var key = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(key, user);
        var message = new Message<byte[], byte[]> { Key = key, Value = value };
        while (true)
        {
            try
            {
                producer.Produce(topic, message);
                return;
            }
            catch (ProduceException<byte[], byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }
    }

    private sealed class Windows(Action<long, byte[]> send)
    {
        private readonly SortedDictionary<long, Dictionary<long, (long Count, long Amount)>> _open = [];
        private readonly long[] _times = new long[FieldBench.Partitions];
        private Dictionary<long, (long Count, long Amount)>? _last;
        private long _lastEnd;

        public void Add(Order order, int partition)
        {
            var end = (order.Time / WindowMs * WindowMs) + WindowMs;
            if (_last is null || end != _lastEnd)
            {
                if (!_open.TryGetValue(end, out _last))
                {
                    _open.Add(end, _last = []);
                }

                _lastEnd = end;
            }

            ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, order.User, out bool _);
            total = (total.Count + 1, total.Amount + order.Amount);
            if (order.Time > _times[partition])
            {
                _times[partition] = order.Time;
                Fire(_times.Min() - 1_000);
            }
        }

        private void Fire(long watermark)
        {
            while (_open.Count > 0 && _open.First() is var (end, totals) && end <= watermark)
            {
                foreach (var (user, (count, amount)) in totals)
                {
                    send(user, JsonSerializer.SerializeToUtf8Bytes(
                        new UserTotal(user, end * 1000, count, amount), OrderJson.Default.UserTotal));
                }

                _open.Remove(end);
                _last = null;
            }
        }
    }
}
