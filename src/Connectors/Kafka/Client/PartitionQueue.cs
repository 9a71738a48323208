using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Client;

/// <summary>What has been fetched of one partition. Read by one thread at a time, without waiting and without garbage.</summary>
internal sealed unsafe class PartitionQueue : IDisposable
{
    private readonly Consumer _consumer;
    private readonly nint _queue;
    private readonly Action _onAvailable;
    private GCHandle _self;

    public PartitionQueue(Consumer consumer, TopicPartition partition, Action onAvailable)
    {
        _consumer = consumer;
        _onAvailable = onAvailable;
        Partition = partition;
        _queue = Rd.rd_kafka_queue_get_partition(consumer.Pointer, partition.Topic, partition.Partition);
        if (_queue == 0)
        {
            throw KafkaClientException.Of($"Opening {partition}", consumer.Servers, KafkaError.Of(ErrorCodes.UnknownPartition));
        }

        Rd.rd_kafka_queue_forward(_queue, 0);
        _self = GCHandle.Alloc(this);
        Rd.rd_kafka_queue_cb_event_enable(_queue, &OnEvent, GCHandle.ToIntPtr(_self));
    }

    public TopicPartition Partition { get; }

    /// <summary>Takes messages that have been fetched. Does not wait.</summary>
    /// <param name="messages">Where to put them: each is destroyed by <see cref="Release"/> when it has been read.</param>
    /// <returns>How many.</returns>
    public int Take(Span<nint> messages)
    {
        fixed (nint* first = messages)
        {
            return (int)Rd.rd_kafka_consume_batch_queue(_queue, 0, (RdMessage**)first, (nuint)messages.Length);
        }
    }

    /// <summary>Gives messages back.</summary>
    public static void Release(ReadOnlySpan<nint> messages)
    {
        foreach (var message in messages)
        {
            Rd.rd_kafka_message_destroy((RdMessage*)message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_self.IsAllocated)
        {
            return;
        }

        // Once this has returned, no call of the function below is under way: the queue's lock is held for both.
        Rd.rd_kafka_queue_cb_event_enable(_queue, null, 0);
        _consumer.Unassign(Partition);
        Rd.rd_kafka_queue_destroy(_queue);
        _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEvent(nint client, nint opaque) => ((PartitionQueue)GCHandle.FromIntPtr(opaque).Target!)._onAvailable();
}
