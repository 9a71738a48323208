using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Reading;

/// <summary>How far a source is in a partition.</summary>
/// <param name="Place">The partition.</param>
/// <param name="Position">The offset that is read next.</param>
/// <param name="Records">
/// Offsets from there to the end: 0 for a partition that was read whole, whatever markers stand at its end.
/// </param>
internal readonly record struct PartitionLag(TopicPartition Place, long Position, long Records);
