using System.Runtime.InteropServices;

namespace Weir.KafkaLog.Native;

// The layouts of librdkafka's header, member by member: rd_kafka_message_t, rd_kafka_topic_partition_t, rd_kafka_metadata and so on.

/// <summary>A message that was read, or one to write.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdMessage
{
    public int Error;
    public nint Topic;
    public int Partition;
    public byte* Payload;
    public nuint Length;
    public byte* Key;
    public nuint KeyLength;
    public long Offset;
    public nint Private;
}

/// <summary>A partition in a list: its offset, or what went wrong with it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdPartition
{
    public byte* Topic;
    public int Partition;
    public long Offset;
    public byte* Metadata;
    public nuint MetadataSize;
    public nint Opaque;
    public int Error;
    public nint Private;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdPartitionList
{
    public int Count;
    public int Size;
    public RdPartition* Items;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdMetadata
{
    public int BrokerCount;
    public RdBrokerMetadata* Brokers;
    public int TopicCount;
    public RdTopicMetadata* Topics;
    public int OriginBroker;
    public byte* OriginBrokerName;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdBrokerMetadata
{
    public int Id;
    public byte* Host;
    public int Port;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdTopicMetadata
{
    public byte* Topic;
    public int PartitionCount;
    public RdPartitionMetadata* Partitions;
    public int Error;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RdPartitionMetadata
{
    public int Id;
    public int Error;
    public int Leader;
    public int ReplicaCount;
    public int* Replicas;
    public int InSyncCount;
    public int* InSync;
}

/// <summary>One part of a message to write (<c>rd_kafka_vu_t</c>): a tag, and a union of 64 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal unsafe struct RdValue
{
    public const int OfTopic = 2;
    public const int OfPartition = 3;
    public const int OfValue = 4;
    public const int OfKey = 5;
    public const int OfOpaque = 6;
    public const int OfFlags = 7;
    public const int OfTimestamp = 8;
    public const int OfHeaders = 10;

    [FieldOffset(0)]
    public int Tag;

    [FieldOffset(8)]
    public nint Pointer;

    [FieldOffset(8)]
    public int Int32;

    [FieldOffset(8)]
    public long Int64;

    [FieldOffset(16)]
    public nuint Size;
}
