using Weir.Guide.Tests.Doubles;
using Weir.Guide.Tests.Pages;

namespace Weir.Guide.Tests.Ends;

/// <summary>The page of Kafka. Its rows are what a broker says; without one the test is skipped, visibly.</summary>
public sealed class KafkaTests
{
    [Fact]
    public async Task Exactly_once_from_topic_to_topic()
    {
        var servers = Environment.GetEnvironmentVariable("WEIR_KAFKA");
        Assert.SkipWhen(string.IsNullOrEmpty(servers), "no Kafka: WEIR_KAFKA is not set. Run it by tests/with-kafka.sh.");
        var kafka = new KafkaConnection(servers!);
        var cancellation = TestContext.Current.CancellationToken;
        var (orders, totals) = ($"orders-{Environment.ProcessId}", $"totals-{Environment.ProcessId}");
        Assert.True(await Kafka.EnsureTopicAsync(kafka, orders, partitions: 1, cancellation: cancellation));
        var fill = new Job($"fill-{orders}");
        fill.From(new ListSource<Order>(Orders.All)).To(Kafka.WriteAtLeastOnce<Order>(kafka, orders, message => message.Key(o => o.Customer)));
        await fill.RunAsync(new JobOptions(), cancellation);

        var checkpoints = Directory.CreateTempSubdirectory("weir-guide-kafka-");
        await KafkaSnippet.RunAsync(kafka, orders, totals, checkpoints.FullName);
        checkpoints.Delete(recursive: true);
        var rows = new OrderedSink<KafkaSnippet.Total>();
        var read = new Job($"read-{totals}");
        read.From(Kafka.Read<KafkaSnippet.Total>(kafka, totals, new KafkaReadOptions { End = KafkaEnd.LatestAtStart })).To(rows);
        await read.RunAsync(new JobOptions(), cancellation);
        var ordered = rows.Records.Select(record => record.Value).OrderBy(row => row.From).ThenBy(row => row.Customer, StringComparer.Ordinal);
        Shows("kafka", Table.Of(ordered));
    }

    private static void Shows(string name, string rows) => GuidePages.Compare("rows", name, rows);
}
