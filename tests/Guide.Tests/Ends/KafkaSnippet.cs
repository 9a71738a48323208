namespace Weir.Guide.Tests.Ends;

internal static class KafkaSnippet
{
    // <snippet kafka>
    public sealed record Total(string Customer, DateTime From, decimal Amount);

    public static async Task RunAsync(KafkaConnection kafka, string orders, string totals, string checkpoints)
    {
        await Kafka.EnsureTopicAsync(kafka, totals, partitions: 3);
        var job = new Job($"{totals}-of-{orders}");
        Define(
            job,
            Kafka.Read<Order>(kafka, orders, new KafkaReadOptions { End = KafkaEnd.LatestAtStart }),
            Kafka.Write<Total>(kafka, totals, message => message.Key(total => total.Customer)));
        await job.RunAsync(new JobOptions
        {
            Guarantee = Guarantee.ExactlyOnce,
            CheckpointDirectory = checkpoints,
            CheckpointInterval = TimeSpan.FromSeconds(1),
        });
    }

    [Pipeline]
    private static void Define(Job job, ISource<Order> orders, ITransactionalSink<Total> totals) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(g => new Total(g.Key, g.Window.Start, g.Sum(o => o.Amount)))
        .To(totals);
    // </snippet>

    // <snippet kafka-message>
    public sealed record Seen(string Topic, int Partition, long Offset, int Bytes);

    public static ISource<Seen> Messages(KafkaConnection kafka, params string[] topics) => Kafka.ReadMessages(
        kafka,
        topics,
        message => new Seen(message.Topic, message.Partition, message.Offset, message.Value.Length));
    // </snippet>

    // <snippet kafka-shape>
    public static ITransactionalSink<Total> Shaped(KafkaConnection kafka) => Kafka.Write<Total>(kafka, "totals", message => message
        .Key(total => total.Customer)
        .Value(total => total.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .Tombstone(total => total.Amount == 0)
        .Time(total => total.From)
        .Headers(total => new KafkaHeaders(new KafkaHeader("unit", "EUR"u8.ToArray()))));
    // </snippet>

    // <snippet kafka-settings>
    public static KafkaConnection Secured(string password) => new KafkaConnection("broker-1:9093")
        .With("security.protocol", "SASL_SSL")
        .With("sasl.mechanism", "SCRAM-SHA-512")
        .With("sasl.username", "totals").With("sasl.password", password)
        .WithProducer("compression.type", "zstd");
    // </snippet>

    // <snippet kafka-dead-letters>
    public static void WithDeadLetters(Job job, KafkaConnection kafka, ISink<Order> good)
    {
        var orders = job.From(Kafka.Read<Order>(kafka, "orders"));
        orders.Side(Kafka.Malformed).To(Kafka.DeadLetters(kafka, "orders.dead"));
        orders.To(good);
    }
    // </snippet>
}
