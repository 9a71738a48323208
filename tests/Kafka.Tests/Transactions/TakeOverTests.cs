using System.Runtime.InteropServices;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;
using Weir.KafkaLog.Tests.Doubles;
using Weir.KafkaLog.Transactions;

namespace Weir.KafkaLog.Tests.Transactions;

/// <summary>Transactional ids that are taken over, and first records of transactions.</summary>
public sealed class TakeOverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_record_for_a_given_partition_may_be_the_first_thing_that_a_producer_does()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic(3);
        using var producer = Open(kafka, topic, static (_, _, _) => { });
        Assert.Null(producer.InitTransactions(Patience));
        Assert.Null(producer.BeginTransaction());
        var handle = producer.Topic(topic);
        Assert.Null(producer.Learn(handle, Patience));
        Write(producer, handle, partition: 2);
        Assert.Null(producer.CommitTransaction(Patience));
    }

    [Fact]
    public void Who_takes_over_while_a_transaction_is_open_asks_with_another_client_instead_of_waiting()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic();
        using var earlier = Open(kafka, topic, static (_, _, _) => { });
        Assert.Null(earlier.InitTransactions(Patience));
        Assert.Null(earlier.BeginTransaction());
        Write(earlier, earlier.Topic(topic), partition: -1);
        Assert.True(earlier.Flush(Patience));

        var opened = 0;
        using var later = new KafkaTransactionProducer(
            onLog =>
            {
                opened++;
                return Open(kafka, topic, onLog);
            },
            topic);
        Assert.Null(later.Init(Patience));
        Assert.Null(later.Begin());
        Write(later.Client, later.Client.Topic(topic), partition: -1);
        Assert.Null(later.Commit(Patience));
        Assert.InRange(opened, 1, 10);

        Assert.True(earlier.CommitTransaction(Patience) is { IsFatal: true });
    }

    [Fact]
    public void A_progress_topic_that_was_deleted_under_a_job_is_read_as_one_that_says_nothing()
    {
        var topic = Broker.Topic();
        var log = new KafkaTransactionLog(Broker.Connection(), $"tx-{topic}", topic, TimeSpan.FromSeconds(60), static _ => { });
        using var producer = log.Open();
        Assert.Null(producer.Init(Patience));
        Assert.Null(producer.Begin());
        var owner = new ProgressOwner("host", 1, "one");
        Assert.Null(producer.WriteProgress(new ProgressRecord(1, "job", "run", 1, 1, 1, owner, DateTimeOffset.UnixEpoch)));
        Assert.Null(producer.Commit(Patience));
        Assert.Equal(1, log.ReadProgress(TestContext.Current.CancellationToken)?.Attempt);
        Broker.Admin("topics", "--delete", "--topic", topic);

        // Asked for again and again, it would not come back: the job would be restarted for ever, without being told why.
        Assert.Null(log.ReadProgress(TestContext.Current.CancellationToken));
    }

    private static Producer Open(KafkaConnection kafka, string topic, Action<int, string, string> onLog) => new(
        kafka.ForProducer(),
        new ClientEvents { OnLog = onLog },
        new TransactionSettings($"take-over-{topic}", TimeSpan.FromSeconds(60)));

    private static unsafe void Write(Producer producer, nint topic, int partition)
    {
        var value = (byte*)NativeMemory.AllocZeroed(8);
        try
        {
            Span<RdMessage> messages = [new RdMessage { Partition = partition, Payload = value, Length = 8 }];
            Assert.Equal(1, producer.ProduceBatch(topic, messages));
        }
        finally
        {
            NativeMemory.Free(value);
        }
    }
}
