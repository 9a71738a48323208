using System.Diagnostics;
using System.Text;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Telemetry;
using Weir.KafkaLog.Tests.Doubles;
using Weir.KafkaLog.Transactions;

namespace Weir.KafkaLog.Tests.Telemetry;

/// <summary>What a job shows of its messages to those that trace: batches that are read, transactions and batches that are
/// written.</summary>
public sealed class ActivitiesTests
{
    private static readonly KafkaReadOptions ToEnd = new() { End = KafkaEnd.LatestAtStart };

    private readonly List<Activity> _seen = [];
    private ActivitySamplingResult _sampling = ActivitySamplingResult.AllDataAndRecorded;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_that_is_read_is_a_trace_of_its_own_and_links_to_what_made_its_messages()
    {
        var kafka = Broker.Connection();
        var (input, output) = (Broker.Topic(2, "in"), Broker.Topic(1, "out"));
        await WriteAsync(kafka, input, Enumerable.Range(1, 300), n => Made(n / 2));
        using var listener = Listen();
        using (new Activity("a request that starts the job").Start())
        {
            var job = new Job($"traced-{input}");
            job.From(Kafka.Read<long>(kafka, input, ToEnd with { Group = "totals" })).To(Kafka.Write<long>(kafka, output));
            await job.RunAsync(Options, Cancellation);
        }

        var polls = Of($"poll {input}");
        Assert.Equal(300, polls.Sum(poll => (int)poll.GetTagItem("messaging.batch.message_count")!));
        Assert.All(polls, poll =>
        {
            Assert.Equal((ActivityKind.Consumer, null), (poll.Kind, poll.ParentId));
            Assert.Equal(
                $"kafka poll receive {input} totals traced-{input} From-1",
                Tags(poll, "system", "operation.name", "operation.type", "destination.name", "consumer.group.name")
                    + $" {poll.GetTagItem("weir.job")} {poll.GetTagItem("weir.operator")}");
            Assert.Contains(poll.GetTagItem("messaging.destination.partition.id"), new object[] { "0", "1" });
            Assert.InRange(poll.Links.Count(), 1, PollActivity.MaxLinks);
            Assert.Equal(poll.Links.Count(), poll.Links.Distinct().Count());
            Assert.All(poll.Links, link => Assert.True(link.Context.IsRemote));
        });
        Assert.Contains(polls, poll => Equals(poll.GetTagItem("messaging.kafka.offset"), 0L));
    }

    [Fact]
    public async Task A_batch_has_no_more_links_than_are_kept_and_none_for_headers_that_say_nothing()
    {
        var kafka = Broker.Connection();
        var (many, odd) = (Broker.Topic(1, "many"), Broker.Topic(1, "odd"));
        await WriteAsync(kafka, many, Enumerable.Range(1, 400), Made);
        await WriteAsync(kafka, odd, [1, 2, 3], n => n == 1 ? "no trace at all" : n == 2 ? "" : null);
        using var listener = Listen();
        var job = new Job($"traced-{many}");
        job.From(Kafka.Read<long>(kafka, new[] { many, odd }, ToEnd)).To(new ListSink<long>());
        await job.RunAsync(Options, Cancellation);
        Assert.All(Of($"poll {many}"), poll => Assert.Equal(
            Math.Min(PollActivity.MaxLinks, (int)poll.GetTagItem("messaging.batch.message_count")!), poll.Links.Count()));
        Assert.Equal(3, Of($"poll {odd}").Sum(poll => (int)poll.GetTagItem("messaging.batch.message_count")!));
        Assert.All(Of($"poll {odd}"), poll => Assert.Empty(poll.Links));
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_shows_in_its_batch()
    {
        var kafka = Broker.Connection();
        var input = Broker.Topic();
        Broker.Write(input, 0, [1, 2]);
        using var listener = Listen();
        var job = new Job($"traced-{input}");
        job.From(Kafka.ReadMessages<long>(
            kafka, input, message => message.Offset == 1 ? throw new FormatException("it is odd") : 1, ToEnd)).To(new ListSink<long>());
        await Assert.ThrowsAsync<JobException>(() => job.RunAsync(Options, Cancellation));
        var poll = Of($"poll {input}").Last();
        Assert.Equal(ActivityStatusCode.Error, poll.Status);
        Assert.Contains("it is odd", poll.StatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transaction_is_one_activity_over_all_sinks_and_messages_name_it_where_that_is_asked_for()
    {
        var kafka = Broker.Connection();
        var (named, plain) = (Broker.Topic(1, "named"), Broker.Topic(1, "plain"));
        using var listener = Listen();
        var job = new Job($"traced-{named}");
        var numbers = job.From([1L, 2L, 3L]);
        numbers.To(Kafka.Write<long>(kafka, named, message => message.TraceParent()
            .Headers(n => n == 2 ? new KafkaHeaders(new KafkaHeader("traceparent", "its own"u8.ToArray())) : KafkaHeaders.Empty)));
        numbers.Where(n => n > 1).To(Kafka.Write<long>(kafka, plain));
        await job.RunAsync(Options, Cancellation);

        var send = Assert.Single(Of("send"), send => Equals(send.GetTagItem("weir.job"), $"traced-{named}"));
        Assert.Equal((ActivityKind.Producer, null), (send.Kind, send.ParentId));
        Assert.Equal(
            ("kafka send send 5", "committed", $"weir.traced-{named}.tx"),
            (Tags(send, "system", "operation.name", "operation.type", "batch.message_count"),
                send.GetTagItem("outcome"),
                send.GetTagItem("weir.kafka.transactional_id")));
        Assert.NotNull(send.GetTagItem("weir.checkpoint"));
        Assert.Equal("commit", Assert.Single(send.Events).Name);
        Assert.Equal([send.Id, "its own", send.Id], await TraceParentsAsync(kafka, named));
        Assert.Equal([null, null], await TraceParentsAsync(kafka, plain));

        var page = File.ReadAllText(Repository.At("docs/metrics.md"));
        Assert.All(
            _seen.SelectMany(activity => activity.TagObjects), tag => Assert.Contains($"`{tag.Key}`", page, StringComparison.Ordinal));

        // Who reads them links to the transaction.
        Assert.Contains(Of($"poll {named}"), poll => poll.Links.Any(link => link.Context.SpanId == send.SpanId));
    }

    [Fact]
    public async Task Batches_at_least_once_and_transactions_behind_the_checkpoint_are_activities_with_the_topic_in_their_name()
    {
        var kafka = Broker.Connection();
        var (soon, behind, routed) = (Broker.Topic(1, "soon"), Broker.Topic(1, "behind"), Broker.Topic(1, "routed"));
        using var listener = Listen();
        var job = new Job($"traced-{soon}");
        var numbers = job.From([1L, 2L, 3L]);
        numbers.To(Kafka.WriteAtLeastOnce<long>(kafka, soon, message => message.TraceParent()));
        numbers.To(Kafka.WriteAtLeastOnce<long>(kafka, soon, message => message.Topic(_ => routed)));
        numbers.To(Kafka.WriteAhead<long>(kafka, behind, message => message.Value(n => n).TraceParent()));
        await job.RunAsync(Options, Cancellation);

        var batches = Of($"send {soon}");
        Assert.Equal(3, batches.Sum(batch => (int)batch.GetTagItem("messaging.batch.message_count")!));
        Assert.All(await TraceParentsAsync(kafka, soon), trace => Assert.Contains(trace, batches.Select(batch => batch.Id)));
        Assert.Equal([null, null, null], await TraceParentsAsync(kafka, routed));
        var transaction = Assert.Single(Of($"send {behind}"));
        Assert.Equal(
            (3L, "committed", $"weir.traced-{soon}.To-3.0.ahead"),
            (transaction.GetTagItem("messaging.batch.message_count"),
                transaction.GetTagItem("outcome"),
                transaction.GetTagItem("weir.kafka.transactional_id")));
        Assert.Equal([transaction.Id, transaction.Id, transaction.Id], await TraceParentsAsync(kafka, behind));
    }

    [Fact]
    public async Task What_is_not_sampled_links_to_nothing_and_messages_do_not_name_it()
    {
        var kafka = Broker.Connection();
        var (input, output) = (Broker.Topic(), Broker.Topic());
        await WriteAsync(kafka, input, [1, 2], Made);
        using var listener = Listen();
        foreach (var sampling in new[] { ActivitySamplingResult.None, ActivitySamplingResult.PropagationData })
        {
            _sampling = sampling;
            var job = new Job($"unsampled-{input}-{sampling}");
            job.From(Kafka.Read<long>(kafka, input, ToEnd)).To(Kafka.Write<long>(kafka, output, message => message.TraceParent()));
            await job.RunAsync(Options, Cancellation);
            Assert.All(Of($"poll {input}"), poll => Assert.Empty(poll.Links));
        }

        Assert.Equal([null, null, null, null], await TraceParentsAsync(kafka, output));
    }

    [Fact]
    public void A_transaction_that_is_lost_says_why_and_the_next_one_is_another()
    {
        var broker = new ModelLog();
        using var listener = Listen();
        var activity = new TransactionActivity("lost", null, "weir.lost.tx");
        using var transaction = new JobTransaction(broker.Of("a").Open(), "model:9092", "somebody", activity: activity);
        var first = transaction.Enter("totals", 2);
        Assert.Same(first, transaction.Enter("totals", 1));
        transaction.Lose("Writing a record", new KafkaError(ErrorCodes.Fenced, "fenced"));
        Assert.Equal(
            (ActivityStatusCode.Error, "fenced", "fenced", "_FENCED", 3L, "send totals"),
            (first!.Status, first.StatusDescription, first.GetTagItem("outcome"), first.GetTagItem("error.type"),
                first.GetTagItem("messaging.batch.message_count"), first.DisplayName));
        Assert.NotSame(first, activity.Add("totals", 1));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void While_nobody_listens_nothing_is_made()
    {
        var activity = new TransactionActivity("unseen", null, "weir.unseen.tx");
        Assert.False(KafkaActivities.IsHeard);
        _ = activity.Add("t", 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Assert.Null(activity.Add("t", 1));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static JobOptions Options => new() { CheckpointInterval = TimeSpan.FromSeconds(30), OnEvent = static _ => { } };

    private static string Made(int number) => $"00-{number + 1:x32}-{number + 1:x16}-01";

    private static async Task WriteAsync(KafkaConnection kafka, string topic, IEnumerable<int> numbers, Func<int, string?> traceParent)
    {
        var job = new Job($"fill-{topic}");
        job.From(numbers.Select(n => (long)n).ToList()).To(Kafka.WriteAtLeastOnce<long>(kafka, topic, message => message
            .Key(n => n)
            .Headers(n => new KafkaHeaders(new KafkaHeader("a", []), new KafkaHeader("traceparent", Bytes(traceParent((int)n)))))));
        await job.RunAsync(Options, Cancellation);
    }

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.ASCII.GetBytes(text);

    private static async Task<IEnumerable<string?>> TraceParentsAsync(KafkaConnection kafka, string topic)
    {
        var sink = new ListSink<string?>();
        var job = new Job($"read-{topic}");
        job.From(Kafka.ReadMessages(
            kafka, topic, static message => message.ReadHeaders().Find("traceparent") is { } bytes ? Encoding.ASCII.GetString(bytes) : null,
            ToEnd)).To(sink);
        await job.RunAsync(Options, Cancellation);
        return sink.Records;
    }

    private static string Tags(Activity activity, params string[] names) =>
        string.Join(' ', names.Select(name => activity.GetTagItem($"messaging.{name}")));

    private List<Activity> Of(string name)
    {
        lock (_seen)
        {
            return [.. _seen.Where(activity => activity.DisplayName == name)];
        }
    }

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Weir.Kafka",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => _sampling,
            ActivityStopped = activity =>
            {
                lock (_seen)
                {
                    _seen.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
