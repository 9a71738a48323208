using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Client;

/// <summary>
/// Reads partitions that it is told to read, each through a queue of its own, and asks for offsets. Belongs to no group, but may keep
/// positions for one.
/// </summary>
/// <remarks>
/// Calls may come from any thread; a queue is read by one thread at a time. Nothing is paused: who does not read a queue holds its
/// partition back, as the client fetches no more than <c>queued.max.messages.kbytes</c> for it.
/// </remarks>
internal sealed unsafe class Consumer : IDisposable
{
    private readonly ClientHandle _handle;

    /// <summary>Makes a consumer.</summary>
    /// <param name="settings">The user's settings. What Weir decides is put over them.</param>
    /// <param name="events">What is told of it.</param>
    public Consumer(ClientSettings settings, ClientEvents events)
    {
        var own = settings.Copy()
            .Own("enable.auto.commit", "false")
            .Own("enable.auto.offset.store", "false")
            .Own("enable.partition.eof", "true")
            .Own("auto.offset.reset", "error")
            .Default("group.id", "weir")
            .Default("fetch.wait.max.ms", 50)
            .Default("queued.max.messages.kbytes", 8 * 1024)
            .Default("socket.nagle.disable", "true");

        // The client asks who coordinates the group that it must have, and nobody here needs to know: who named none needs no right to it.
        var hasGroup = settings["group.id"] is not null;
        _handle = new ClientHandle(Rd.Consumer, own, hasGroup ? events : events with
        {
            OnError = error =>
            {
                if (error.Code != ErrorCodes.GroupAuthorizationFailed)
                {
                    events.OnError(error);
                }
            },
        });
    }

    public string Servers => _handle.Servers;

    /// <summary>Gets whom the brokers know the client as, for messages.</summary>
    public string Principal => _handle.Principal;

    internal nint Pointer => _handle.Pointer;

    /// <summary>
    /// Has the client look at a topic anew: what it knows may be older than partitions that others have been told of. Blocks.
    /// </summary>
    public void Refresh(string topic, TimeSpan timeout)
    {
        var handle = Rd.rd_kafka_topic_new(_handle.Pointer, topic, 0);
        RdMetadata* metadata = null;
        try
        {
            var error = RdAdmin.rd_kafka_metadata(_handle.Pointer, 0, handle, &metadata, (int)timeout.TotalMilliseconds);
            if (error != 0)
            {
                throw KafkaClientException.Of($"Asking for the topic '{topic}'", Servers, KafkaError.Of(error), principal: Principal);
            }
        }
        finally
        {
            if (metadata != null)
            {
                RdAdmin.rd_kafka_metadata_destroy(metadata);
            }

            Rd.rd_kafka_topic_destroy(handle);
        }
    }

    /// <summary>Begins to fetch a partition from an offset.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="offset">The first offset to read.</param>
    /// <param name="onAvailable">Called by a thread of the client when something has come into the empty queue. It must not wait.</param>
    /// <returns>The queue; disposed before the consumer.</returns>
    public PartitionQueue Assign(TopicPartition partition, long offset, Action onAvailable)
    {
        // The queue is cut off from the consumer's own before anything can arrive.
        var queue = new PartitionQueue(this, partition, onAvailable);
        using var list = new PartitionList([new PartitionOffset(partition, offset)]);
        if (KafkaError.Take(Rd.rd_kafka_incremental_assign(_handle.Pointer, list.Pointer)) is { } error)
        {
            queue.Dispose();
            throw KafkaClientException.Of($"Assigning {partition}", Servers, error);
        }

        return queue;
    }

    /// <summary>Ends the fetching of a partition.</summary>
    public void Unassign(TopicPartition partition)
    {
        using var list = new PartitionList([new PartitionOffset(partition, 0)]);
        _ = KafkaError.Take(Rd.rd_kafka_incremental_unassign(_handle.Pointer, list.Pointer));
    }

    /// <summary>Where reading of a partition stands: behind markers of transactions and compacted records, too.</summary>
    /// <returns>The offset of what is read next; null before anything was read.</returns>
    public long? Position(TopicPartition partition)
    {
        using var list = new PartitionList([new PartitionOffset(partition, 0)]);
        return Rd.rd_kafka_position(_handle.Pointer, list.Pointer) == 0 && list.Pointer->Items[0].Offset >= 0
            ? list.Pointer->Items[0].Offset
            : null;
    }

    /// <summary>The end of a partition as the last answer to a fetch told it. Does not ask the broker.</summary>
    /// <returns>The offset behind the last record, whether it is committed or not; null before the first answer.</returns>
    public long? KnownEnd(TopicPartition partition)
    {
        long low, high;
        return Rd.rd_kafka_get_watermark_offsets(_handle.Pointer, partition.Topic, partition.Partition, &low, &high) == 0 && high >= 0
            ? high
            : null;
    }

    /// <summary>Asks the broker for the first and the last offset of a partition. Blocks.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>The first offset that there is, and the one behind the last: of what is committed, if the consumer reads only
    /// that.</returns>
    public (long Low, long High) Watermarks(TopicPartition partition, TimeSpan timeout)
    {
        long low, high;
        var error = Rd.rd_kafka_query_watermark_offsets(
            _handle.Pointer, partition.Topic, partition.Partition, &low, &high, (int)timeout.TotalMilliseconds);
        return error == 0
            ? (low, high)
            : throw KafkaClientException.Of(
                $"Asking for the offsets of {partition}", Servers, KafkaError.Of(error), _handle.LastError, Principal);
    }

    /// <summary>Asks for the first offset of each partition whose record is at a time or later. Blocks.</summary>
    /// <param name="partitions">The partitions, each with the time in milliseconds of Unix as its offset.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>The offsets; −1 where there is no such record yet.</returns>
    public IReadOnlyList<PartitionOffset> OffsetsAt(IReadOnlyCollection<PartitionOffset> partitions, TimeSpan timeout) =>
        Ask("Asking for offsets by time", partitions, timeout, &AskTimes);

    /// <summary>Asks for what the group has committed. Blocks.</summary>
    /// <returns>The offsets; negative where there is none.</returns>
    public IReadOnlyList<PartitionOffset> Committed(IReadOnlyCollection<PartitionOffset> partitions, TimeSpan timeout) =>
        Ask("Asking for committed offsets", partitions, timeout, &AskCommitted);

    /// <summary>Commits positions for the group, for tools to see. Does not wait; a failure is told as an event.</summary>
    public void CommitPositions(IReadOnlyCollection<PartitionOffset> positions)
    {
        using var list = new PartitionList(positions);
        _ = Rd.rd_kafka_commit(_handle.Pointer, list.Pointer, 1);
    }

    /// <summary>Commits positions for the group and waits for the answer: a client that ends takes what is on its way with it.</summary>
    /// <returns>Whether the answer has come, and is good.</returns>
    public bool CommitLast(IReadOnlyCollection<PartitionOffset> positions, TimeSpan patience)
    {
        using var list = new PartitionList(positions);
        var queue = Rd.rd_kafka_queue_new(_handle.Pointer);
        try
        {
            if (Rd.rd_kafka_commit_queue(_handle.Pointer, list.Pointer, queue, 0, 0) != 0)
            {
                return false;
            }

            var answer = Rd.rd_kafka_queue_poll(queue, (int)patience.TotalMilliseconds);
            var isGood = answer != 0 && Rd.rd_kafka_event_error(answer) == 0;
            if (answer != 0)
            {
                Rd.rd_kafka_event_destroy(answer);
            }

            return isGood;
        }
        finally
        {
            Rd.rd_kafka_queue_destroy(queue);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static int AskTimes(nint client, RdPartitionList* list, int timeout) => Rd.rd_kafka_offsets_for_times(client, list, timeout);

    private static int AskCommitted(nint client, RdPartitionList* list, int timeout) => Rd.rd_kafka_committed(client, list, timeout);

    private IReadOnlyList<PartitionOffset> Ask(
        string what,
        IReadOnlyCollection<PartitionOffset> partitions,
        TimeSpan timeout,
        delegate*<nint, RdPartitionList*, int, int> call)
    {
        using var list = new PartitionList(partitions);
        var error = call(_handle.Pointer, list.Pointer, (int)timeout.TotalMilliseconds);
        if (error != 0)
        {
            throw KafkaClientException.Of(what, Servers, KafkaError.Of(error), _handle.LastError, Principal);
        }

        var answers = list.Read();
        foreach (var (at, failure) in answers)
        {
            if (failure is { } told)
            {
                throw KafkaClientException.Of($"{what} of {at.Partition}", Servers, told, principal: Principal);
            }
        }

        return [.. answers.Select(answer => answer.At)];
    }
}
