using System.Buffers;
using System.Diagnostics;
using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Reading;

/// <summary>
/// Finds partitions: all that there are as the job first starts, with their starts and ends; later those that are new, which are read from
/// their beginning.
/// </summary>
internal sealed class PartitionDiscovery : ISplitDiscovery<KafkaSplit>
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);

    private readonly KafkaTopics _topics;
    private readonly KafkaReadOptions _options;
    private readonly Func<Cluster> _openCluster;
    private readonly SharedConsumer _consumer;
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private bool _hasFound;

    /// <summary>Begins, or goes on.</summary>
    /// <param name="topics">Which topics.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="openCluster">Opens what is asked for topics.</param>
    /// <param name="consumer">What is asked for offsets.</param>
    /// <param name="state">What a checkpoint holds of an earlier discovery; empty for none.</param>
    public PartitionDiscovery(
        KafkaTopics topics, KafkaReadOptions options, Func<Cluster> openCluster, SharedConsumer consumer, ReadOnlyMemory<byte> state)
    {
        _topics = topics;
        _options = options;
        _openCluster = openCluster;
        _consumer = consumer;
        if (state.IsEmpty)
        {
            return;
        }

        var reader = new MessagePackReader(state);
        _hasFound = true;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            _known[reader.ReadString()!] = reader.ReadInt32();
        }
    }

    public ReadOnlyMemory<byte> State
    {
        get
        {
            var buffer = new ArrayBufferWriter<byte>();
            var writer = new MessagePackWriter(buffer);
            writer.WriteMapHeader(_known.Count);
            foreach (var (topic, partitions) in _known.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.Write(topic);
                writer.Write(partitions);
            }

            writer.Flush();
            return buffer.WrittenMemory;
        }
    }

    // Whoever reads up to an end reads what was there at the start.
    public TimeSpan? AskAgainIn => !_hasFound ? TimeSpan.Zero : _options.End is NeverEnd ? _options.DiscoverEvery : null;

    public async ValueTask<IReadOnlyList<KafkaSplit>> NextAsync(CancellationToken cancellation)
    {
        if (_hasFound && AskAgainIn is null)
        {
            return [];
        }

        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return Find(cancellation);
            }
            catch (KafkaClientException failure)
                when (MayPass(failure) && Stopwatch.GetElapsedTime(begun) < _options.Timeout)
            {
                // A partition that has just been made has no leader yet, and one whose broker is gone gets another.
                await Task.Delay(RetryAfter, cancellation).ConfigureAwait(false);
            }
        }
    }

    // Who has been let in before and is not now: whoever gives the tokens, or knows the passwords, may be away for a moment.
    private bool MayPass(KafkaClientException failure) => failure is not IPermanentFailure
        || (_hasFound && failure.Error.Code is ErrorCodes.Authentication or ErrorCodes.SaslAuthenticationFailed);

    private List<KafkaSplit> Find(CancellationToken cancellation)
    {
        using var cluster = _openCluster();
        var facts = TopicChecks.Readable(_topics, cluster);
        var fresh = facts.SelectMany(topic => Enumerable
            .Range(_known.GetValueOrDefault(topic.Name), Math.Max(0, topic.Partitions - _known.GetValueOrDefault(topic.Name)))
            .Select(partition => new TopicPartition(topic.Name, partition))).ToList();
        cancellation.ThrowIfCancellationRequested();
        var ids = facts.ToDictionary(topic => topic.Name, topic => topic.Id, StringComparer.Ordinal);
        var splits = fresh.Count == 0 ? [] : Resolve(fresh, ids);
        foreach (var topic in facts)
        {
            _known[topic.Name] = Math.Max(topic.Partitions, _known.GetValueOrDefault(topic.Name));
        }

        _hasFound = true;
        return splits;
    }

    private List<KafkaSplit> Resolve(List<TopicPartition> fresh, Dictionary<string, string> ids)
    {
        var consumer = _consumer.Acquire();
        try
        {
            foreach (var topic in fresh.Select(place => place.Topic).Distinct())
            {
                consumer.Refresh(topic, _options.Timeout);
            }

            var finder = new OffsetFinder(consumer, _options.Timeout);
            var starts = finder.Starts(fresh, _hasFound ? KafkaStart.Earliest : _options.Start);
            var stops = finder.Stops(fresh, _options.End);
            return [.. fresh
                .Where(place => _options.End is NeverEnd || stops.ContainsKey(place))
                .Select(place => new KafkaSplit(
                    place.Topic,
                    ids.GetValueOrDefault(place.Topic, ""),
                    place.Partition,
                    starts[place],
                    stops.TryGetValue(place, out var stop) ? stop : null))];
        }
        finally
        {
            _consumer.Release();
        }
    }
}
