using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Jobs;

/// <summary>Headers of messages, from topic to topic.</summary>
public sealed class HeadersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Headers_of_some_bytes_of_none_and_without_a_value_stay_what_they_are_in_both_ways_to_write()
    {
        var kafka = Broker.Connection();
        var (decides, follows) = (Broker.Topic(), Broker.Topic());
        var job = new Job($"headers-{decides}");
        var numbers = job.From([1L]);
        numbers.To(Kafka.Write<long>(kafka, decides, message => message.Value(n => n).Headers(_ => Three())));
        numbers.To(Kafka.WriteAhead<long>(kafka, follows, message => message.Value(n => n).Headers(_ => Three())));
        await job.RunAsync(new JobOptions { CheckpointInterval = TimeSpan.FromSeconds(1), OnEvent = static _ => { } }, Cancellation);
        foreach (var topic in new[] { decides, follows })
        {
            var sink = new ListSink<string>();
            var read = new Job($"read-{topic}");
            read.From(Kafka.ReadMessages(kafka, topic, static message => Text(message.ReadHeaders()), ToEnd)).To(sink);
            await read.RunAsync(new JobOptions { OnEvent = static _ => { } }, Cancellation);
            Assert.Equal(["some=7;none=;no value"], sink.Records);
        }
    }

    private static KafkaReadOptions ToEnd => new() { End = KafkaEnd.LatestAtStart };

    private static KafkaHeaders Three() =>
        new(new KafkaHeader("some", [7]), new KafkaHeader("none", []), new KafkaHeader("no value", null));

    private static string Text(KafkaHeaders headers) =>
        string.Join(';', headers.Select(header => header.Value is { } bytes ? $"{header.Name}={string.Join(',', bytes)}" : header.Name));
}
