using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Telemetry;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Telemetry;

/// <summary>What a job counts of its messages and transactions, by the names of the messaging conventions.</summary>
public sealed class MessagingMeterTests
{
    private readonly ConcurrentDictionary<string, double> _sums = new();

    [Fact]
    public async Task A_job_counts_what_it_reads_and_writes_and_how_its_transactions_end()
    {
        var kafka = Broker.Connection();
        var (input, output, routed) = (Broker.Topic(2, "in"), Broker.Topic(1, "out"), Broker.Topic(1, "routed"));
        Broker.Write(input, 0, [1, 2, 3]);
        Broker.Write(input, 1, [4]);
        using var listener = Listen();
        var job = new Job($"counts-{input}");
        var numbers = job.From(Kafka.Read<long>(
            kafka, input, new KafkaReadOptions { End = KafkaEnd.LatestAtStart, Group = $"group-{input}" }));
        numbers.To(Kafka.Write<long>(kafka, output));
        numbers.Where(n => n > 2).To(Kafka.WriteAtLeastOnce<long>(kafka, output, shape => shape.Topic(n => n == 3 ? routed : output)));
        await job.RunAsync(
            new JobOptions { CheckpointInterval = TimeSpan.FromSeconds(30), OnEvent = _ => { } }, TestContext.Current.CancellationToken);

        var from = $"messaging.client.consumed.messages messaging.consumer.group.name=group-{input} messaging.destination.name={input} ";
        Assert.Equal(3, Sum($"{from}messaging.destination.partition.id=0 messaging.operation.name=poll messaging.system=kafka"));
        Assert.Equal(1, Sum($"{from}messaging.destination.partition.id=1 messaging.operation.name=poll messaging.system=kafka"));
        Assert.Equal(5, Sum(Sent(output)));
        Assert.Equal(1, Sum(Sent(routed)));
        Assert.InRange(_sums["count of messaging.client.operation.duration messaging.operation.name=commit messaging.system=kafka"], 2, 9);
        Assert.InRange(_sums["weir.kafka.transaction.outcome outcome=committed"], 2, 9);
        Assert.DoesNotContain(_sums.Keys, key => key.Contains("error.type", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ErrorCodes.Fenced, false, "fenced")]
    [InlineData(ErrorCodes.ProducerFenced, false, "fenced")]
    [InlineData(ErrorCodes.InvalidProducerEpoch, false, "fenced")]
    [InlineData(ErrorCodes.TimedOut, true, "unknown")]
    [InlineData(ErrorCodes.Inconsistent, false, "aborted")]
    public void A_transaction_that_is_lost_says_how(int code, bool isRetriable, string outcome) =>
        Assert.Equal(outcome, TransactionFigures.OutcomeOf(new KafkaError(code, "", IsRetriable: isRetriable)));

    [Fact]
    public void The_age_and_the_end_of_transactions_are_measured_and_an_error_has_its_name()
    {
        using var meter = new Meter("figures");
        using var listener = Listen(meter);
        TimeSpan? age = TimeSpan.FromSeconds(7);
        var figures = new TransactionFigures(meter, () => age);
        listener.RecordObservableInstruments();
        Assert.Equal(7, Sum("weir.kafka.transaction.age"));
        age = null;
        listener.RecordObservableInstruments();
        Assert.Equal(7, Sum("weir.kafka.transaction.age"));

        figures.OnLost(new KafkaError(ErrorCodes.Fenced, ""));
        figures.OnGivenUp();
        new SentMessages(MessagingMeter.Of(meter))
            .OnFailed(new FailedDelivery("t", 1, new KafkaError(ErrorCodes.MessageTimedOut, ""), null, 9));
        Assert.Equal(1, Sum("weir.kafka.transaction.outcome error.type=_FENCED outcome=fenced"));
        Assert.Equal(1, Sum("weir.kafka.transaction.outcome outcome=aborted"));
        Assert.Equal(
            1,
            Sum("messaging.client.sent.messages error.type=_MSG_TIMED_OUT messaging.destination.name=t "
                + "messaging.destination.partition.id=1 messaging.operation.name=send messaging.system=kafka"));
    }

    [Fact]
    public void Counting_makes_no_more_garbage_than_a_bare_counter_and_none_while_nobody_looks()
    {
        using var unseen = new Meter("unseen");
        Assert.Equal(0, GarbageOf(unseen));

        // A listener's own code may box numbers before it has been optimized.
        using var meter = new Meter("garbage");
        using var listener = Listen(meter, keeps: false);
        var bare = MessagingMeter.Of(meter)!.Consumed;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 2000; i++)
        {
            bare.Add(10);
        }

        var most = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(GarbageOf(meter), 0, most);
    }

    private static long GarbageOf(Meter meter)
    {
        var consumed = new ConsumedMessages(MessagingMeter.Of(meter), new TopicPartition("t", 0), "g");
        var sent = new SentMessages(MessagingMeter.Of(meter));
        consumed.Add(10);
        sent.Add("t", 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            consumed.Add(10);
            sent.Add("t", 10);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Sent(string topic) =>
        $"messaging.client.sent.messages messaging.destination.name={topic} messaging.operation.name=send messaging.system=kafka";

    private double Sum(string key) =>
        _sums.TryGetValue(key, out var sum) ? sum : throw new KeyNotFoundException($"{key}\n{string.Join('\n', _sums.Keys.Order())}");

    // All jobs of this process have meters of the name Weir; keys have topics that no other test has, or are looked at by one meter alone.
    private MeterListener Listen(Meter? only = null, bool keeps = true)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                var isWanted = only is null
                    ? instrument.Meter.Tags?.Any(tag => $"{tag.Value}".StartsWith("counts-", StringComparison.Ordinal)) == true
                    : instrument.Meter == only;
                if (isWanted && (instrument.Name.StartsWith("messaging.", StringComparison.Ordinal)
                    || instrument.Name.StartsWith("weir.kafka.transaction", StringComparison.Ordinal)))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            Keep(instrument.Name, value, tags);
            Keep($"count of {instrument.Name}", 1, tags);
        });
        listener.Start();
        return listener;

        void Keep(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (keeps)
            {
                var texts = tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal);
                var key = string.Join(' ', texts.Prepend(name));
                _sums.AddOrUpdate(key, value, (_, sum) => sum + value);
            }
        }
    }
}
