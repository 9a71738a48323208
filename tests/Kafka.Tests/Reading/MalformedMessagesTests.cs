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

    [Theory]
    [InlineData(1_000_000, null)]
    [InlineData(1_048_400, "1048400")]
    [InlineData(500_000, "500000", 20_000)]
    public async Task A_dead_letter_that_its_topic_does_not_take_whole_is_cut_and_the_job_goes_on(
        int size, string? cut, int deadBytes = 1_048_588)
    {
        var kafka = Broker.Connection();
        var (topic, good) = (Broker.Topic(), Broker.Topic());
        var dead = Broker.Topic(settings: new Dictionary<string, string> { ["max.message.bytes"] = $"{deadBytes}" });
        var value = new string('x', size);
        await FillAsync(topic, ["1", value, "3"], _ => "key");
        await CopyAsync(topic, good, dead, new JobOptions { CheckpointInterval = TimeSpan.FromMilliseconds(50) });

        Assert.Equal([1, 3], (await ReadAsync(Kafka.Read<int>(kafka, good, ToEnd))).Order());
        var letter = Assert.Single(await ReadAsync(Kafka.ReadRecords<string, byte[]>(kafka, dead, ToEnd)));
        var text = Encoding.UTF8.GetString(letter.Value!);
        Assert.Equal("key", letter.Key);
        Assert.StartsWith(text, value, StringComparison.Ordinal);
        Assert.Equal(cut is null, text.Length == size);
        Assert.Equal(
            cut is null ? null : $"value: {cut} bytes",
            letter.Headers.Find(KafkaMalformedMessage.CutHeader) is { } header ? Encoding.UTF8.GetString(header) : null);
        Assert.Equal("1", Encoding.UTF8.GetString(letter.Headers.Find(KafkaMalformedMessage.OffsetHeader)!));
        Assert.True(cut is null || text.Length > deadBytes - 10_000, $"{text.Length}");
    }

    [Fact]
    public void A_dead_letter_is_cut_at_its_value_then_at_headers_and_last_at_its_key()
    {
        var whole = new KafkaMalformedMessage(
            new byte[500], new byte[1_000], null, new KafkaHeaders(new KafkaHeader("h", new byte[300])), "t", 0, 7, "why");
        Assert.Same(whole, whole.Fitted(10_000));
        var half = Cut(whole, 1_500, "value: 1000 bytes");
        Assert.Equal((500, 1), (half.Key!.Length, half.Headers.Count));
        Assert.InRange(half.Value!.Length, 1, 999);
        var bare = Cut(whole, 900, "value: 1000 bytes; headers: 1");
        Assert.Equal((500, 0), (bare.Key!.Length, bare.Headers.Count));
        var least = Cut(whole, 400, "value: 1000 bytes; headers: 1; key: 500 bytes");
        Assert.InRange(least.Key!.Length, 1, 499);
        Assert.Empty(least.Value!);
    }

    private static KafkaMalformedMessage Cut(KafkaMalformedMessage whole, long limit, string said)
    {
        var cut = whole.Fitted(limit);
        var headers = cut.DeadLetterHeaders();
        Assert.Equal(said, Encoding.UTF8.GetString(headers.Find(KafkaMalformedMessage.CutHeader)!));
        Assert.True(Client.MessageSize.Of(cut.Key!.Length, cut.Value!.Length, headers) <= limit, $"{cut.Value.Length}");
        return cut;
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

    private static async Task FillAsync(string topic, string[] values, Func<string, string>? key = null)
    {
        var job = new Job($"fill-{topic}");
        job.From(values.ToList()).To(Kafka.WriteAtLeastOnce<string>(Broker.Connection(), topic, shape => shape
            .Key(key ?? (static value => $"key of {value}"))
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
            ? number : throw new FormatException($"'{Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 100)])}' is no number");

        public void Write(in int value, System.Buffers.IBufferWriter<byte> output) => RecordFormats.Text.Write($"{value}", output);
    }
}
