using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Formats;

/// <summary>A key or a value that a message does not have is null, and never a number that nobody has written.</summary>
public sealed class MissingPartsTests
{
    private static readonly KafkaReadOptions ToEnd = new() { End = KafkaEnd.LatestAtStart };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tombstone_and_a_missing_key_are_null_to_a_type_that_has_one_and_malformed_to_another()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic();
        var job = new Job($"fill-{topic}");
        job.From([1L, 2L, 3L]).To(Kafka.WriteAtLeastOnce<long>(kafka, topic, message => message
            .Key(n => n == 1 ? (int?)null : (int)n).Value(n => (long?)n).Tombstone(n => n == 2)));
        await job.RunAsync(new JobOptions { OnEvent = static _ => { } }, Cancellation);

        var sink = new ListSink<string>();
        var read = new Job($"read-{topic}");
        read.From(Kafka.ReadRecords<int?, long?>(kafka, topic, ToEnd))
            .Select(record => $"{record.Key?.ToString() ?? "null"}={record.Value?.ToString() ?? "null"}").To(sink);
        await read.RunAsync(new JobOptions { OnEvent = static _ => { } }, Cancellation);
        Assert.Equal(["null=1", "2=null", "3=3"], sink.Records);

        Assert.Contains("it has no key, and a Int32 is never null", await FailureAsync<int, long?>(kafka, topic), StringComparison.Ordinal);
        Assert.Contains(
            "it has no value (a tombstone), and a Int64 is never null",
            await FailureAsync<int?, long>(kafka, topic),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_may_be_null_has_the_bytes_of_one_that_may_not()
    {
        Assert.Equal(258L, RecordFormats.DefaultOf<long?>().Read([0, 0, 0, 0, 0, 0, 1, 2]));
        Assert.Equal(258, RecordFormats.DefaultOf<int?>().Read([0, 0, 1, 2]));
        var written = new System.Buffers.ArrayBufferWriter<byte>();
        RecordFormats.DefaultOf<int?>().Write(258, written);
        Assert.Equal([0, 0, 1, 2], written.WrittenSpan.ToArray());
    }

    private static async Task<string> FailureAsync<TKey, TValue>(KafkaConnection kafka, string topic)
    {
        var job = new Job($"refuse-{topic}-{Guid.NewGuid():n}");
        var (keys, values) = (RecordFormats.DefaultOf<TKey>(), RecordFormats.DefaultOf<TValue>());
        job.From(Kafka.ReadRecords(kafka, topic, ToEnd, keys, values)).To(new ListSink<KafkaRecord<TKey, TValue>>());
        return (await Assert.ThrowsAsync<JobException>(
            () => job.RunAsync(new JobOptions { OnEvent = static _ => { } }, Cancellation))).ToString();
    }
}
