using Weir.KafkaLog.Client;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Clients;

/// <summary>Clients that are served while nobody uses them, and that end whenever they are told to.</summary>
public sealed class ClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Tokens_are_renewed_while_nothing_is_read()
    {
        var asked = new List<string>();
        var twice = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var kafka = new KafkaConnection("127.0.0.1:1")
            .With("security.protocol", "SASL_PLAINTEXT")
            .With("sasl.mechanism", "OAUTHBEARER")
            .With("sasl.oauthbearer.config", "scope=orders");
        using var consumer = new Consumer(kafka.ForConsumer(), new ClientEvents { Token = TokenOf });
        await twice.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.All(asked, configuration => Assert.Equal("scope=orders", configuration));

        KafkaToken TokenOf(string configuration)
        {
            asked.Add(configuration);
            if (asked.Count == 2)
            {
                twice.TrySetResult();
            }

            return new KafkaToken("a.b.c", DateTimeOffset.UtcNow.AddSeconds(2), "orders");
        }
    }

    [Fact]
    public async Task A_function_that_gives_no_token_is_told_as_an_error_and_asked_again()
    {
        var calls = 0;
        var told = new TaskCompletionSource<KafkaError>(TaskCreationOptions.RunContinuationsAsynchronously);
        var kafka = new KafkaConnection("127.0.0.1:1").With("security.protocol", "SASL_PLAINTEXT").With("sasl.mechanism", "OAUTHBEARER");
        using var producer = new Producer(kafka.ForProducer(), new ClientEvents
        {
            Token = _ => throw new InvalidOperationException($"no identity today ({++calls})"),
            OnError = error =>
            {
                if (error.Text.Contains("no identity today", StringComparison.Ordinal))
                {
                    told.TrySetResult(error);
                }
            },
        });
        await told.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_consumer_may_end_at_any_moment_of_its_reading()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic(4);
        for (var partition = 0; partition < 4; partition++)
        {
            Broker.Write(topic, partition, Enumerable.Range(0, 500).Select(i => (long)i));
        }

        var taken = 0;
        for (var round = 0; round < 100; round++)
        {
            using var consumer = new Consumer(kafka.ForConsumer(), new ClientEvents());
            using var available = new AutoResetEvent(false);
            var queues = Enumerable.Range(0, 4)
                .Select(partition => consumer.Assign(new TopicPartition(topic, partition), 0, () => available.Set()))
                .ToList();

            // Each round it is given up a little later: in front of the first fetch, within it, behind it.
            for (var step = 0; step < round; step++)
            {
                available.WaitOne(1);
                var messages = new nint[64];
                foreach (var queue in queues)
                {
                    var count = queue.Take(messages);
                    taken += count;
                    PartitionQueue.Release(messages.AsSpan(0, count));
                }
            }

            queues.ForEach(queue => queue.Dispose());
        }

        Assert.True(taken > 0);
    }
}
