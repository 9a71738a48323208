using System.Text;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Reading;

/// <summary>What becomes of messages that cannot be read.</summary>
public sealed class MalformedMessagesTests
{
    private static readonly KafkaReadOptions ToEnd = new() { End = KafkaEnd.LatestAtStart };
    private static readonly DateTime At = new(2026, 11, 27, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task They_are_left_out_and_counted_if_that_is_said()
    {
        var topic = Broker.Topic();
        await FillAsync(topic, ["1", "x", "3", ""]);
        var sink = new ListSink<int>();
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var job = new Job("skipping");
        job.From(Kafka.Read(Broker.Connection(), topic, ToEnd with { OnMalformed = MalformedMessages.Skip }, new Digits())).To(sink);
        var result = await job.RunAsync(
            new JobOptions { OnEvent = e => told.Enqueue($"{e}") }, TestContext.Current.CancellationToken);
        Assert.Equal([1, 3], sink.Records);
        Assert.Equal(2, result.Skipped);
        Assert.Contains(told, text => text.Contains($"The first of {topic}[0] is at offset 1: 'x' is no number", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dead_letters_are_what_they_were_and_say_why_and_where(bool isInterpreted)
    {
        var kafka = Broker.Connection();
        var (topic, good, dead) = (Broker.Topic(), Broker.Topic(), Broker.Topic());
        await FillAsync(topic, ["1", "x", "3"]);
        await CopyAsync(topic, good, dead, new JobOptions
        {
            Interpreted = isInterpreted,
            CheckpointInterval = TimeSpan.FromMilliseconds(50),
        });

        Assert.Equal([1, 3], (await ReadAsync(Kafka.Read<int>(kafka, good, ToEnd))).Order());
        var letter = Assert.Single(await ReadAsync(Kafka.ReadRecords<string, byte[]>(kafka, dead, ToEnd)));
        Assert.Equal(("key of x", "x", At), (letter.Key, Encoding.UTF8.GetString(letter.Value!), letter.Time));
        Assert.Equal(
            ["from=here", "weir.cause='x' is no number", $"weir.topic={topic}", "weir.partition=0", "weir.offset=1", $"weir.time={At:O}"],
            letter.Headers.Select(header => $"{header.Name}={Encoding.UTF8.GetString(header.Value!)}"));
    }

    [Fact]
    public async Task Dead_letters_come_exactly_once_when_the_job_dies_on_the_way()
    {
        var kafka = Broker.Connection();
        var (topic, good, dead) = (Broker.Topic(2), Broker.Topic(), Broker.Topic());
        await FillAsync(topic, [.. Enumerable.Range(0, 4000).Select(i => i % 3 == 0 ? $"x{i}" : $"{i}")]);
        var left = 3;
        await CopyAsync(topic, good, dead, new JobOptions
        {
            Parallelism = 2,
            CheckpointInterval = TimeSpan.FromMilliseconds(30),
            RestartStrategy = RestartStrategy.FixedDelay(10, TimeSpan.FromMilliseconds(10)),
        }, n => n % 1000 == 1 && Interlocked.Decrement(ref left) >= 0 ? throw new IOException("gone") : n);

        Assert.Equal(
            Enumerable.Range(0, 4000).Where(i => i % 3 != 0), (await ReadAsync(Kafka.Read<int>(kafka, good, ToEnd))).Order());
        Assert.Equal(
            Enumerable.Range(0, 4000).Where(i => i % 3 == 0).Select(i => $"x{i}").Order(StringComparer.Ordinal),
            (await ReadAsync(Kafka.Read<string>(kafka, dead, ToEnd))).Order(StringComparer.Ordinal));
        Assert.True(left < 0, "the job never died");
    }

    [Fact]
    public void A_source_that_has_no_such_output_is_refused_with_what_to_do()
    {
        var stream = new Job("none").From(new[] { 1 }.ToList());
        var refused = Assert.Throws<ArgumentException>(() => stream.Side(Kafka.Malformed));
        Assert.Contains("behind a source that has the output", refused.Message, StringComparison.Ordinal);
    }

    private static async Task CopyAsync(string topic, string good, string dead, JobOptions options, Func<int, int>? on = null)
    {
        var kafka = Broker.Connection();
        var job = new Job($"copy-{topic}");
        var numbers = job.From(Kafka.Read(kafka, topic, ToEnd, new Digits()));
        numbers.Select(on ?? (static n => n)).To(Kafka.Write<int>(kafka, good));
        numbers.Side(Kafka.Malformed).To(Kafka.DeadLetters(kafka, dead));
        await job.RunAsync(options, TestContext.Current.CancellationToken);
    }

    private static async Task FillAsync(string topic, string[] values)
    {
        var job = new Job($"fill-{topic}");
        job.From(values.ToList()).To(Kafka.WriteAtLeastOnce<string>(Broker.Connection(), topic, shape => shape
            .Key(value => $"key of {value}")
            .Time(_ => At)
            .Headers(_ => new KafkaHeaders(new KafkaHeader("from", "here"u8.ToArray())))));
        await job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken);
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(ISource<T> source)
    {
        var sink = new ListSink<T>();
        var job = new Job("read");
        job.From(source).To(sink);
        await job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken);
        return [.. sink.Records];
    }

    /// <summary>Numbers in digits.</summary>
    private sealed class Digits : IRecordFormat<int>
    {
        public int Read(ReadOnlySpan<byte> bytes) => int.TryParse(bytes, out var number)
            ? number : throw new FormatException($"'{Encoding.UTF8.GetString(bytes)}' is no number");

        public void Write(in int value, System.Buffers.IBufferWriter<byte> output) => RecordFormats.Text.Write($"{value}", output);
    }
}
