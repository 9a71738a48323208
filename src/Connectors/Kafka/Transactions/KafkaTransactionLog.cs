using System.Diagnostics;
using System.Text.Json;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Transactions;

/// <summary>The real cluster behind <see cref="ITransactionLog"/>.</summary>
internal sealed class KafkaTransactionLog(
    KafkaConnection connection, string transactionalId, string progressTopic, TimeSpan transactionTimeout, Action<string> warn)
    : ITransactionLog
{
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    private bool _hasTopic;

    public string Servers => connection.Servers;

    public string TransactionalId => transactionalId;

    public string ProgressTopic => progressTopic;

    public ITransactionProducer Open()
    {
        EnsureTopic(CancellationToken.None);
        return new KafkaTransactionProducer(
            new Producer(connection.ForProducer(), Events, new TransactionSettings(transactionalId, transactionTimeout)), progressTopic);
    }

    public ProgressRecord? ReadProgress(CancellationToken cancellation)
    {
        EnsureTopic(cancellation);
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return ReadOnce(cancellation);
            }
            catch (KafkaClientException failure) when (failure is not IPermanentFailure && Stopwatch.GetElapsedTime(begun) < LongestRetry)
            {
                // The leader may be moving: from the start again.
                cancellation.WaitHandle.WaitOne(RetryAfter);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private ClientEvents Events => new() { Token = connection.Token };

    // The end is asked for without regard to open transactions, and only what is committed is read up to there: an end that looks past a
    // transaction of somebody else would hide our own newest record (kafka-exactly-once.md).
    private ProgressRecord? ReadOnce(CancellationToken cancellation)
    {
        var partition = new TopicPartition(progressTopic, 0);
        long low, high;
        using (var looking = new Consumer(connection.ForConsumer().Own("isolation.level", "read_uncommitted"), Events))
        {
            (low, high) = looking.Watermarks(partition, CallTime);
        }

        if (high <= low)
        {
            return null;
        }

        using var available = new AutoResetEvent(false);
        using var reading = new Consumer(connection.ForConsumer().Own("isolation.level", "read_committed"), Events);
        using var queue = reading.Assign(partition, low, () => available.Set());
        ProgressRecord? last = null;
        var position = low;
        var moved = Stopwatch.GetTimestamp();
        while (position < high)
        {
            if (Take(queue, ref position, ref last))
            {
                moved = Stopwatch.GetTimestamp();
            }
            else
            {
                WaitHandle.WaitAny([available, cancellation.WaitHandle], RetryAfter);
                cancellation.ThrowIfCancellationRequested();
                if (Stopwatch.GetElapsedTime(moved) > transactionTimeout + TimeSpan.FromSeconds(15))
                {
                    throw new KafkaClientException(
                        $"The topic '{progressTopic}' at Kafka {Servers} cannot be read to its end: at offset {position} of {high} a "
                            + "transaction of somebody else is open, and "
                            + "stays so. Abort it (kafka-transactions.sh find-hanging, abort), and let one job alone write to this topic.",
                        KafkaError.Of(ErrorCodes.TimedOut));
                }
            }
        }

        return last;
    }

    private unsafe bool Take(PartitionQueue queue, ref long position, ref ProgressRecord? last)
    {
        Span<nint> taken = stackalloc nint[64];
        var count = queue.Take(taken);
        try
        {
            for (var i = 0; i < count; i++)
            {
                var message = (RdMessage*)taken[i];
                if (message->Error == ErrorCodes.PartitionEnd)
                {
                    position = Math.Max(position, message->Offset);
                    continue;
                }

                if (message->Error != 0)
                {
                    throw KafkaClientException.Of($"Reading '{progressTopic}'", Servers, KafkaError.Of(message->Error));
                }

                position = message->Offset + 1;
                if (new ReadOnlySpan<byte>(message->Key, (int)message->KeyLength).SequenceEqual(ProgressRecord.Key))
                {
                    last = Parse(new ReadOnlySpan<byte>(message->Payload, (int)message->Length), message->Offset);
                }
            }
        }
        finally
        {
            PartitionQueue.Release(taken[..count]);
        }

        return count > 0;
    }

    private ProgressRecord Parse(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            return ProgressRecord.Of(bytes);
        }
        catch (JsonException damage)
        {
            throw new ProgressException(
                $"The record at offset {offset} of '{progressTopic}' at Kafka {Servers} is none that Weir has written: "
                    + $"{damage.Message.TrimEnd('.')}. Let nobody else write to this topic.");
        }
    }

    private void EnsureTopic(CancellationToken cancellation)
    {
        if (_hasTopic)
        {
            return;
        }

        using var cluster = new Cluster(connection.ForAdmin(), Events, CallTime);
        var topic = cluster.Topics([progressTopic])[0];
        if (topic.Partitions == 0)
        {
            var isMade = cluster.CreateTopic(progressTopic, 1, new Dictionary<string, string> { ["cleanup.policy"] = "compact" });
            if (isMade)
            {
                WaitForTopic(cluster, cancellation);
            }
        }
        else if (topic.Partitions > 1)
        {
            throw new ProgressException($"The topic '{progressTopic}' at Kafka {Servers} has {topic.Partitions} partitions; the progress "
                + "of a job needs one. Give the job another name.");
        }
        else if (cluster.Settings(RdAdmin.TopicResource, progressTopic).GetValueOrDefault("cleanup.policy", "compact") is var policy
            && !policy.Contains("compact", StringComparison.Ordinal))
        {
            warn($"The topic '{progressTopic}' at Kafka {Servers} deletes records by age (cleanup.policy={policy}): when the newest "
                + "progress record is gone, the job refuses to start. "
                + "Set cleanup.policy=compact.");
        }

        _hasTopic = true;
    }

    private void WaitForTopic(Cluster cluster, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        while (cluster.Topics([progressTopic])[0] is { Partitions: 0 } && Stopwatch.GetElapsedTime(begun) < CallTime)
        {
            cancellation.WaitHandle.WaitOne(RetryAfter);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}

/// <summary>A real transactional producer.</summary>
internal sealed unsafe class KafkaTransactionProducer(Producer client, string progressTopic) : ITransactionProducer
{
    private const int ProgressPartition = 0;

    public Producer Client => client;

    public KafkaError? Init(TimeSpan timeout) => client.InitTransactions(timeout);

    public KafkaError? Begin() => client.BeginTransaction();

    public KafkaError? WriteProgress(ProgressRecord progress)
    {
        var bytes = progress.ToBytes();
        fixed (byte* key = ProgressRecord.Key, value = bytes)
        {
            var message = new RdMessage
            {
                Partition = ProgressPartition,
                Key = key,
                KeyLength = (nuint)ProgressRecord.Key.Length,
                Payload = value,
                Length = (nuint)bytes.Length,
            };
            return client.Produce(client.Topic(progressTopic), message, null, 0);
        }
    }

    public KafkaError? Commit(TimeSpan timeout) => client.CommitTransaction(timeout);

    public KafkaError? Abort(TimeSpan timeout) => client.AbortTransaction(timeout);

    public void Dispose() => client.Dispose();
}
