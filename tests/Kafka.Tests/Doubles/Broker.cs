namespace Weir.KafkaLog.Tests.Doubles;

/// <summary>The broker that the tests have, and topics that no two tests share.</summary>
internal static class Broker
{
    private const string Variable = "WEIR_KAFKA";

    private static int _topics;

    /// <summary>The cluster; the test is skipped where there is none.</summary>
    public static KafkaConnection Connection()
    {
        var servers = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(servers), $"no Kafka: {Variable} is not set. Run it by tests/with-kafka.sh.");
        return new KafkaConnection(servers!);
    }

    /// <summary>A new topic.</summary>
    public static string Topic(int partitions = 1, string name = "t", Dictionary<string, string>? settings = null)
    {
        // Of one length, so that their order as texts is that in which they were made.
        var topic = $"{name}-{Environment.ProcessId}-{Interlocked.Increment(ref _topics):D5}";
        using var cluster = new Client.Cluster(Connection().ForAdmin(), new Client.ClientEvents(), TimeSpan.FromSeconds(30));
        Assert.True(cluster.CreateTopic(topic, partitions, settings ?? []));
        return topic;
    }

    /// <summary>Adds partitions, deletes a topic, or whatever Kafka's own tools do: <c>topics --delete --topic t</c>.</summary>
    public static void Admin(params string[] arguments)
    {
        var control = Environment.GetEnvironmentVariable("WEIR_KAFKA_CONTROL");
        Assert.SkipWhen(string.IsNullOrEmpty(control), "no Kafka: WEIR_KAFKA_CONTROL is not set. Run it by tests/with-kafka.sh.");
        using var tool = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(control!, ["admin", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = tool.StandardOutput.ReadToEndAsync();
        var errors = tool.StandardError.ReadToEnd();
        tool.WaitForExit();
        Assert.True(tool.ExitCode == 0, $"{string.Join(' ', arguments)}: {output.Result} {errors}");
    }

    /// <summary>Writes numbers as values of 64 bits, with no key, into one partition: plainly, or in a transaction that is committed or
    /// aborted.</summary>
    public static unsafe void Write(
        string topic, int partition, IEnumerable<long> numbers, string? transaction = null, bool isAborted = false, long? time = null)
    {
        using var producer = new Client.Producer(
            Connection().ForProducer(),
            new Client.ClientEvents(),
            transaction is null ? null : new Client.TransactionSettings(transaction, TimeSpan.FromSeconds(60)));
        if (transaction is not null)
        {
            Assert.Null(producer.InitTransactions(TimeSpan.FromSeconds(30)));
            Assert.Null(producer.BeginTransaction());
        }

        foreach (var number in numbers)
        {
            var bytes = new byte[8];
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, number);
            fixed (byte* value = bytes)
            {
                var message = new Native.RdMessage { Partition = partition, Payload = value, Length = 8 };
                Assert.Null(producer.Produce(producer.Topic(topic), message, time, 0));
            }
        }

        if (transaction is not null && isAborted)
        {
            Assert.True(producer.Flush(TimeSpan.FromSeconds(30)));
            Assert.Null(producer.AbortTransaction(TimeSpan.FromSeconds(30)));
        }
        else if (transaction is not null)
        {
            Assert.Null(producer.CommitTransaction(TimeSpan.FromSeconds(30)));
        }
        else
        {
            Assert.True(producer.Flush(TimeSpan.FromSeconds(30)));
        }
    }
}
