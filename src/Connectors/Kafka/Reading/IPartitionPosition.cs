using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Reading;

/// <summary>A partition that is being read, for whoever measures.</summary>
internal interface IPartitionPosition
{
    /// <summary>Gets the partition.</summary>
    TopicPartition Place { get; }

    /// <summary>Gets the offset of what is read next. Any thread may ask: it may be a batch old.</summary>
    long Position { get; }
}
