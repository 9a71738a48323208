namespace Weir.KafkaLog.Client;

/// <summary>A partition of a topic.</summary>
internal readonly record struct TopicPartition(string Topic, int Partition)
{
    public override string ToString() => $"{Topic}[{Partition}]";
}

/// <summary>A partition and an offset in it.</summary>
internal readonly record struct PartitionOffset(TopicPartition Partition, long Offset);
