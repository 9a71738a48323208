using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Transactions;

/// <summary>What a transactional producer of the client meets at a real broker, a situation each: the table of docs/testing.md names
/// them.</summary>
public sealed class ProducerErrorsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_transaction_that_is_open_for_longer_than_its_time_out_is_lost_for_good_and_cannot_be_aborted_either()
    {
        var topic = Broker.Topic();
        using var producer = Open($"late-{topic}", TimeSpan.FromSeconds(2));
        Assert.Null(producer.BeginTransaction());
        KafkaError? error = null;
        while (error is null)
        {
            error = Write(producer, topic);
            producer.Flush(Patience);
            error ??= producer.Failed?.Error;
        }

        var commit = producer.CommitTransaction(Patience);
        Assert.True(commit is { IsFenced: true, IsFatal: true }, $"{commit}");
        Assert.True(producer.AbortTransaction(Patience) is { IsFatal: true });
    }

    [Fact]
    public void Who_is_shut_out_by_a_rival_is_told_so_with_its_records_under_way_and_while_it_has_none()
    {
        var topic = Broker.Topic();
        foreach (var isIdle in new[] { false, true })
        {
            using var first = Open($"rival-{topic}-{isIdle}");
            Assert.Null(first.BeginTransaction());
            if (!isIdle)
            {
                Assert.Null(Write(first, topic));
                Assert.True(first.Flush(Patience));
            }

            using var rival = Open($"rival-{topic}-{isIdle}");
            _ = Write(first, topic);
            var commit = first.CommitTransaction(Patience);
            Assert.True(commit is { IsFenced: true, IsFatal: true }, $"{commit}");
        }
    }

    [Fact]
    public void A_transaction_without_a_record_is_committed_and_aborted_and_the_next_one_has_some()
    {
        var topic = Broker.Topic();
        using var producer = Open($"empty-{topic}");
        Assert.Null(producer.BeginTransaction());
        Assert.Null(producer.CommitTransaction(Patience));
        Assert.Null(producer.BeginTransaction());
        Assert.Null(producer.AbortTransaction(Patience));
        Assert.Null(producer.BeginTransaction());
        Assert.Null(Write(producer, topic));
        Assert.Null(producer.CommitTransaction(Patience));
    }

    [Fact]
    public void A_socket_that_may_wait_for_longer_than_the_transaction_is_refused_before_a_broker_is_asked()
    {
        var kafka = new KafkaConnection("127.0.0.1:1").WithProducer("socket.timeout.ms", "60000");
        var failure = Assert.Throws<KafkaSettingException>(() => new Producer(
            kafka.ForProducer(), new ClientEvents(), new TransactionSettings("slow", TimeSpan.FromSeconds(10))));
        Assert.Contains("socket.timeout.ms", failure.Message, StringComparison.Ordinal);
    }

    private static Producer Open(string id, TimeSpan? timeout = null)
    {
        var producer = new Producer(
            Broker.Connection().ForProducer(), new ClientEvents(), new TransactionSettings(id, timeout ?? TimeSpan.FromMinutes(1)));
        Assert.Null(producer.InitTransactions(Patience));
        return producer;
    }

    private static unsafe KafkaError? Write(Producer producer, string topic)
    {
        var bytes = stackalloc byte[1];
        return producer.Produce(producer.Topic(topic), new RdMessage { Partition = 0, Payload = bytes, Length = 1 }, null, 0);
    }
}
