using System.Collections.Immutable;
using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Reading;

/// <summary>Turns starts and ends into offsets, by asking the cluster. Blocks.</summary>
internal sealed class OffsetFinder(Consumer consumer, TimeSpan timeout)
{
    // Times that the protocol gives a meaning of their own.
    private const long FirstOffset = -2;
    private const long LastOffset = -1;

    /// <summary>Where reading of each partition begins.</summary>
    public IReadOnlyDictionary<TopicPartition, long> Starts(IReadOnlyCollection<TopicPartition> partitions, KafkaStart start)
    {
        switch (start)
        {
            case EarliestStart:
                return At(partitions, FirstOffset);
            case LatestStart:
                return At(partitions, LastOffset);
            case TimeStart(var time):
                return AtTime(partitions, time);
            case CommittedStart(var otherwise):
                var committed = consumer.Committed([.. partitions.Select(place => new PartitionOffset(place, 0))], timeout)
                    .Where(found => found.Offset >= 0)
                    .ToDictionary(found => found.Partition, found => found.Offset);
                return With(committed, partitions, otherwise);
            case OffsetStart(var given, var otherwise):
                var known = Named(partitions, given);
                return otherwise is null && known.Count < partitions.Count
                    ? throw new SourceException(
                        $"{nameof(KafkaStart)}.{nameof(KafkaStart.Offsets)} says nothing of "
                            + $"{string.Join(", ", partitions.Except(known.Keys))} at Kafka "
                            + $"{consumer.Servers}. Name an offset for each partition, or say by 'otherwise' where the others begin.")
                    : With(known, partitions, otherwise ?? KafkaStart.Earliest);
            default:
                throw new NotSupportedException(start.GetType().Name);
        }
    }

    /// <summary>Where reading of each partition ends; partitions without an end are left out.</summary>
    public IReadOnlyDictionary<TopicPartition, long> Stops(IReadOnlyCollection<TopicPartition> partitions, KafkaEnd end) => end switch
    {
        LatestEnd => At(partitions, LastOffset),
        TimeEnd(var time) => AtTime(partitions, time),
        OffsetEnd(var given) => Named(partitions, given),
        _ => new Dictionary<TopicPartition, long>(),
    };

    private static Dictionary<TopicPartition, long> Named(
        IReadOnlyCollection<TopicPartition> partitions, ImmutableDictionary<int, long> given) =>
        partitions.Where(place => given.ContainsKey(place.Partition)).ToDictionary(place => place, place => given[place.Partition]);

    private Dictionary<TopicPartition, long> AtTime(IReadOnlyCollection<TopicPartition> partitions, DateTimeOffset time)
    {
        var found = At(partitions, time.ToUnixTimeMilliseconds());
        var behind = found.Where(pair => pair.Value < 0).Select(pair => pair.Key).ToList();
        foreach (var (place, last) in behind.Count == 0 ? [] : At(behind, LastOffset))
        {
            found[place] = last;
        }

        return found;
    }

    private Dictionary<TopicPartition, long> At(IReadOnlyCollection<TopicPartition> partitions, long time) =>
        partitions.Count == 0
            ? []
            : consumer.OffsetsAt([.. partitions.Select(place => new PartitionOffset(place, time))], timeout)
                .ToDictionary(found => found.Partition, found => found.Offset);

    private Dictionary<TopicPartition, long> With(
        Dictionary<TopicPartition, long> known, IReadOnlyCollection<TopicPartition> partitions, KafkaStart otherwise)
    {
        var all = new Dictionary<TopicPartition, long>(known);
        foreach (var (place, offset) in Starts([.. partitions.Where(place => !known.ContainsKey(place))], otherwise))
        {
            all[place] = offset;
        }

        return all;
    }
}
