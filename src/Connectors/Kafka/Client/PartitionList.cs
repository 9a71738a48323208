using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Client;

/// <summary>A list of partitions for one call.</summary>
internal readonly unsafe ref struct PartitionList
{
    public PartitionList(IReadOnlyCollection<PartitionOffset> partitions)
    {
        Pointer = Rd.rd_kafka_topic_partition_list_new(partitions.Count);
        foreach (var (partition, offset) in partitions)
        {
            Rd.rd_kafka_topic_partition_list_add(Pointer, partition.Topic, partition.Partition)->Offset = offset;
        }
    }

    public RdPartitionList* Pointer { get; }

    /// <summary>The partitions as the call has left them: offsets, or what went wrong.</summary>
    public IReadOnlyList<(PartitionOffset At, KafkaError? Error)> Read()
    {
        var read = new List<(PartitionOffset, KafkaError?)>(Pointer->Count);
        for (var i = 0; i < Pointer->Count; i++)
        {
            ref var item = ref Pointer->Items[i];
            read.Add((
                new PartitionOffset(new TopicPartition(Utf8.Text(item.Topic) ?? "", item.Partition), item.Offset),
                item.Error == 0 ? null : KafkaError.Of(item.Error)));
        }

        return read;
    }

    public void Dispose() => Rd.rd_kafka_topic_partition_list_destroy(Pointer);
}
