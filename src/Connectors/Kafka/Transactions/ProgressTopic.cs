using System.Diagnostics;
using System.Text.Json;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Transactions;

/// <summary>A record of a <see cref="ProgressTopic"/>: valid during the call.</summary>
internal delegate void ProgressRecordReader(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long offset);

/// <summary>
/// A compacted topic of one partition that says what has been written: made where it is missing, and read to its end.
/// </summary>
/// <param name="connection">The cluster.</param>
/// <param name="name">The topic.</param>
/// <param name="transactionTimeout">How long a transaction that stands in the way may stay open.</param>
/// <param name="warn">What is told of settings that endanger it.</param>
internal sealed class ProgressTopic(KafkaConnection connection, string name, TimeSpan transactionTimeout, Action<string> warn)
{
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    private readonly ClientNotices _notices = new(connection, warn);
    private bool _hasTopic;

    /// <summary>Gets the id of the topic, as it was last looked at; empty before that, and where the broker gives none.</summary>
    public string Id { get; private set; } = "";

    private string Servers => connection.Servers;

    private ClientEvents Events => _notices.Events;

    /// <summary>
    /// Reads what is committed, up to what stood in the topic when it was asked: never less because a transaction of somebody else is still
    /// open. Blocks.
    /// </summary>
    /// <param name="read">Is given each record, oldest first; again from the first one if the leader moves meanwhile.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public void Read(ProgressRecordReader read, CancellationToken cancellation)
    {
        Ensure(cancellation);
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                ReadOnce(read, cancellation);
                return;
            }
            catch (KafkaClientException failure) when (failure is not IPermanentFailure && Stopwatch.GetElapsedTime(begun) < LongestRetry)
            {
                // The leader may be moving: from the start again. If somebody has deleted the topic under the job, an empty one stands for
                // what is lost, and whoever reads it refuses to go on.
                if (failure.Error.Code is ErrorCodes.UnknownTopic or ErrorCodes.UnknownPartition or ErrorCodes.UnknownTopicOrPartition)
                {
                    _hasTopic = false;
                    Ensure(cancellation);
                }

                cancellation.WaitHandle.WaitOne(RetryAfter);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Says that a record is none of ours.</summary>
    public ProgressException Refuse(long offset, JsonException damage) => new(
        $"The record at offset {offset} of '{name}' at Kafka {Servers} is none that Weir has written: {damage.Message.TrimEnd('.')}. Let "
            + "nobody else write to this topic.");

    /// <summary>Makes the topic where it is missing, and refuses one that cannot be it. Blocks; done once.</summary>
    public void Ensure(CancellationToken cancellation)
    {
        if (_hasTopic)
        {
            return;
        }

        using var cluster = new Cluster(connection.ForAdmin(), Events, CallTime);
        var topic = cluster.Topics([name])[0];
        if (topic.Partitions == 0)
        {
            Make(cluster, cancellation);
        }
        else if (topic.Partitions > 1)
        {
            throw new ProgressException($"The topic '{name}' at Kafka {Servers} has {topic.Partitions} partitions; the progress "
                + "of a job needs one. Give the job another name.");
        }
        else if (PolicyOf(cluster) is var policy && !policy.Contains("compact", StringComparison.Ordinal))
        {
            warn($"The topic '{name}' at Kafka {Servers} deletes records by age (cleanup.policy={policy}): when the newest "
                + "progress record is gone, the job refuses to start. "
                + "Set cleanup.policy=compact.");
        }

        var known = cluster.Describe([name]).GetValueOrDefault(name);
        Right[] needed = [.. Needed(connection.AsksAsItReads, Right.Read), .. Needed(connection.AsksAsItWrites, Right.Write)];
        if (Refusals.Of(name, known, "used", Servers, cluster.Principal, needed) is { } refusal)
        {
            throw new ProgressException($"{refusal} The job keeps in it what it has written.");
        }

        Id = known?.Id ?? "";
        _hasTopic = true;
    }

    // Of another principal nothing is known.
    private static IEnumerable<Right> Needed(bool isKnown, Right right) => isKnown ? [right] : [];

    /// <summary>Looks again which topic it is. Blocks.</summary>
    public string LookAtId(CancellationToken cancellation)
    {
        _hasTopic = false;
        Ensure(cancellation);
        return Id;
    }

    // The end is asked for without regard to open transactions, and only what is committed is read up to there: an end that looks past a
    // transaction of somebody else would hide our own newest record (kafka-exactly-once.md).
    private void ReadOnce(ProgressRecordReader read, CancellationToken cancellation)
    {
        var partition = new TopicPartition(name, 0);
        using var reading = new Consumer(connection.ForConsumer().Own("isolation.level", "read_committed"), Events);
        long low, high;
        using (var looking = new Consumer(connection.ForConsumer().Own("isolation.level", "read_uncommitted"), Events))
        {
            (low, high) = looking.Watermarks(partition, CallTime);
        }

        if (high <= low)
        {
            return;
        }

        using var available = new AutoResetEvent(false);
        using var queue = reading.Assign(partition, low, () => available.Set());
        var position = low;
        var moved = Stopwatch.GetTimestamp();
        while (position < high)
        {
            if (Take(queue, read, ref position))
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
                        $"The topic '{name}' at Kafka {Servers} cannot be read to its end: at offset {position} of {high} a "
                            + "transaction of somebody else is open, and "
                            + "stays so. Abort it (kafka-transactions.sh find-hanging, abort), and let one job alone write to this topic.",
                        KafkaError.Of(ErrorCodes.TimedOut));
                }
            }
        }
    }

    private unsafe bool Take(PartitionQueue queue, ProgressRecordReader read, ref long position)
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
                    throw KafkaClientException.Of(
                        $"Reading '{name}'", Servers, KafkaError.Of(message->Error), principal: connection.Principal);
                }

                position = message->Offset + 1;
                read(
                    new ReadOnlySpan<byte>(message->Key, (int)message->KeyLength),
                    new ReadOnlySpan<byte>(message->Payload, (int)message->Length),
                    message->Offset);
            }
        }
        finally
        {
            PartitionQueue.Release(taken[..count]);
        }

        return count > 0;
    }

    private void Make(Cluster cluster, CancellationToken cancellation)
    {
        try
        {
            if (cluster.CreateTopic(name, 1, new Dictionary<string, string> { ["cleanup.policy"] = "compact" }))
            {
                WaitForTopic(cluster, cancellation);
            }
        }
        catch (KafkaRefusedException refusal)
        {
            throw new ProgressException(
                $"{refusal.Message} Or make it yourself, with one partition and cleanup.policy=compact; then {cluster.Principal} needs "
                    + "Read and Write. The job keeps in it what it has written.");
        }
    }

    // Who must not ask is trusted to have made it as it should be.
    private string PolicyOf(Cluster cluster)
    {
        try
        {
            return cluster.Settings(RdAdmin.TopicResource, name).GetValueOrDefault("cleanup.policy", "compact");
        }
        catch (KafkaRefusedException)
        {
            return "compact";
        }
    }

    private void WaitForTopic(Cluster cluster, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        while (cluster.Topics([name])[0] is { Partitions: 0 } && Stopwatch.GetElapsedTime(begun) < CallTime)
        {
            cancellation.WaitHandle.WaitOne(RetryAfter);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
