using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;

namespace Weir.Package.Tests;

/// <summary>
/// The sample of Kafka, built with the packages, as one native binary at a real broker: the client is bound without reflection. What it has
/// written is read by another library.
/// </summary>
public sealed class NativeKafkaTests(PackedFeed feed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sample_of_Kafka_as_a_native_binary_killed_twice_writes_each_order_and_each_total_once()
    {
        var servers = Environment.GetEnvironmentVariable("WEIR_KAFKA");
        Assert.SkipWhen(string.IsNullOrEmpty(servers), "no Kafka: WEIR_KAFKA is not set. Run it by tests/with-kafka.sh.");
        using var sample = new NativeSample(feed, "KafkaTotals", "Weir.Kafka", "appsettings.json");
        var checkpoints = Directory.CreateTempSubdirectory("weir-native-kafka-");
        foreach (var totals in new[] { 3, 6, 3 })
        {
            await RunUntilAsync(totals, sample.Program, servers, checkpoints.FullName);
        }

        checkpoints.Delete(recursive: true);
        var orders = Read(servers, "orders");
        Assert.Equal(
            Enumerable.Range(0, orders.Count).Select(number => (long)number),
            orders.Select(order => order.GetProperty("number").GetInt64()).Order());
        var amounts = orders.ToLookup(Place, order => order.GetProperty("amount").GetDecimal());
        var read = Read(servers, "totals");
        Assert.True(read.Count >= 12, $"There are {read.Count} totals.");
        Assert.Distinct(read.Select(Place));
        Assert.All(read, total => Assert.Equal(amounts[Place(total)].Sum(), total.GetProperty("amount").GetDecimal()));
    }

    // A customer and a minute.
    private static (string?, long) Place(JsonElement record) => (
        record.GetProperty("customer").GetString(),
        (record.TryGetProperty("at", out var at) ? at : record.GetProperty("minute")).GetDateTime().Ticks / TimeSpan.TicksPerMinute);

    // Until it has shown so many totals; then it is killed.
    private static async Task RunUntilAsync(int totals, string program, string servers, string checkpoints)
    {
        string[] arguments =
        [
            $"--ConnectionStrings:kafka={servers}",
            $"--Weir:Defaults:CheckpointDirectory={checkpoints}",
            "--Weir:Jobs:shop:MaxRecordsPerSecond=500",
        ];
        using var running = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = running.StandardError.ReadToEndAsync(Cancellation);
        for (var seen = 0; seen < totals;)
        {
            var line = await running.StandardOutput.ReadLineAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation);
            Assert.True(line is not null, $"It ended: {(line is null ? await errors : "")}");
            seen += line!.Contains(" orders  ", StringComparison.Ordinal) ? 1 : 0;
        }

        running.Kill();
        await running.WaitForExitAsync(Cancellation);
    }

    // All that is committed. Its end is where the last process was killed: what that had open is given up by then, or read past.
    private static List<JsonElement> Read(string servers, string topic)
    {
        var records = new List<JsonElement>();
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = "native",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            IsolationLevel = IsolationLevel.ReadCommitted,
        }).Build();
        consumer.Assign(Enumerable.Range(0, 3).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        for (var ended = 0; ended < 3;)
        {
            var result = consumer.Consume(Patience) ?? throw new TimeoutException($"'{topic}' was not read to its end.");
            if (result.IsPartitionEOF)
            {
                ended++;
            }
            else
            {
                records.Add(JsonDocument.Parse(result.Message.Value).RootElement);
            }
        }

        return records;
    }
}
