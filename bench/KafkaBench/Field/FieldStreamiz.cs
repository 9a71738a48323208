using System.Text.Json;
using Confluent.Kafka;
using Streamiz.Kafka.Net;
using Streamiz.Kafka.Net.SerDes;
using Streamiz.Kafka.Net.Stream;
using Streamiz.Kafka.Net.Table;

namespace Weir.Bench.KafkaLog.Field;

/// <summary>The works by Streamiz with exactly-once, its state in memory.</summary>
internal static class FieldStreamiz
{
    public static async Task RunAsync(string work, string input, string output, long count)
    {
        var config = new StreamConfig<ByteArraySerDes, ByteArraySerDes>
        {
            ApplicationId = output,
            BootstrapServers = Topics.Servers,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            Guarantee = ProcessingGuarantee.EXACTLY_ONCE,
            CommitIntervalMs = 1000,
            StateDir = Directory.CreateTempSubdirectory("weir-bench-").FullName,
            ReplicationFactor = 1,
            Logger = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
        };
        var seen = 0L;
        var all = new TaskCompletionSource();
        var builder = new StreamBuilder();
        var orders = builder.Stream<byte[], byte[]>(input).MapValues((value, _) =>
        {
            if (Interlocked.Increment(ref seen) == count)
            {
                all.TrySetResult();
            }

            return JsonSerializer.Deserialize(value, OrderJson.Default.Order);
        });
        Define(work, orders, output);
        using var stream = new KafkaStream(builder.Build(), config);
        var started = stream.StartAsync();
        await started;
        await all.Task.WaitAsync(TimeSpan.FromMinutes(3));

        // The last transaction is committed.
        await Task.Delay(1500);
    }

    private static void Define(string work, IKStream<byte[], Order> orders, string output)
    {
        switch (work)
        {
            case "filter":
                orders.Filter((_, order, _) => order.Amount >= 500).To(output, new ByteArraySerDes(), new OrderSerDes());
                break;
            case "count":
                orders.GroupByKey<ByteArraySerDes, OrderSerDes>().Count(InMemory.As<byte[], long>("counts"))
                    .ToStream().To(output, new ByteArraySerDes(), new Int64SerDes());
                break;
            case "window":
                orders.GroupByKey<ByteArraySerDes, OrderSerDes>()
                    .WindowedBy(TumblingWindowOptions.Of(TimeSpan.FromSeconds(10)))
                    .Count(InMemoryWindows.As<byte[], long>("counts"))
                    .ToStream().Map((key, value, _) => KeyValuePair.Create(key.Key, value))
                    .To(output, new ByteArraySerDes(), new Int64SerDes());
                break;
            default:
                throw new ArgumentException($"There is no work '{work}'.");
        }
    }
}

/// <summary>Orders as JSON.</summary>
internal sealed class OrderSerDes : AbstractSerDes<Order>
{
    public override Order Deserialize(byte[] data, SerializationContext context) =>
        JsonSerializer.Deserialize(data, OrderJson.Default.Order);

    public override byte[] Serialize(Order data, SerializationContext context) =>
        JsonSerializer.SerializeToUtf8Bytes(data, OrderJson.Default.Order);
}
