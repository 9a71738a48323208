using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Reading;

/// <summary>
/// What the readers of a source share: the consumer, the look at topics that were read before, and the positions that are committed for
/// tools.
/// </summary>
internal sealed class PartitionKeeper(
    SharedConsumer shared, Func<Cluster> openCluster, KafkaReadOptions options, Func<KafkaConnection> connection)
{
    private static readonly TimeSpan CommitEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastCommit = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<TopicPartition, long> _positions = [];
    private readonly HashSet<IPartitionPosition> _open = [];
    private Consumer? _consumer;
    private TopicWatch? _watch;
    private Timer? _timer;
    private int _readers;

    public Consumer Consumer => _consumer ?? throw new InvalidOperationException("No reader is open.");

    /// <summary>
    /// Gets how a reader ends: where positions are committed, it is still told of the checkpoint that holds its last one.
    /// </summary>
    public ReadStatus End => options.Group is null ? ReadStatus.End : ReadStatus.EndForNow;

    public string Servers => connection().Servers;

    /// <summary>
    /// How far each partition that is read is behind its end: 0 for one that was read whole, whatever markers stand at its end.
    /// </summary>
    public IReadOnlyList<PartitionLag> Lags()
    {
        // Under the lock: the consumer is not ended meanwhile.
        lock (_lock)
        {
            return _consumer is not { } consumer ? []
                :
                [
                    .. from reader in _open
                       let end = consumer.KnownEnd(reader.Place)
                       where end is not null
                       let position = reader.Position
                       select new PartitionLag(reader.Place, position, Math.Max(0, end.Value - position)),
                ];
        }
    }

    public void Enter(IPartitionPosition reader)
    {
        lock (_lock)
        {
            var consumer = shared.Acquire();
            _open.Add(reader);
            if (_readers++ == 0)
            {
                _consumer = consumer;
                _watch ??= new TopicWatch(openCluster, connection);
            }
        }
    }

    public void Leave(IPartitionPosition reader)
    {
        PartitionOffset[] last = [];
        Consumer? consumer = null;
        lock (_lock)
        {
            _open.Remove(reader);
            if (--_readers == 0)
            {
                _timer?.Dispose();
                _timer = null;
                _watch?.Dispose();
                _watch = null;
                last = TakePositions();
                consumer = _consumer;
                _consumer = null;
            }
        }

        if (last.Length > 0)
        {
            // For tools alone: without an answer they see the position of the checkpoint before.
            consumer!.CommitLast(last, LastCommit);
        }

        shared.Release();
    }

    /// <summary>What looks at the topic of a partition; null where topics have no ids.</summary>
    public TopicCheck? CheckOf(KafkaSplit split) => _watch!.Of(split);

    /// <summary>Looks at a topic in the background: a reader may go on once it is seen to be the one that was read before.</summary>
    public void BeginLook(TopicCheck check, SourceContext context) => _watch!.BeginLook(check, context);

    /// <summary>Says that the records at a position are gone, and which ones there are. Blocks.</summary>
    public SourceException Gone(KafkaSplit split, long offset)
    {
        string available;
        try
        {
            var (low, high) = Consumer.Watermarks(split.Place, options.Timeout);
            available = offset < low
                ? $"it has records from {low} to {high}: those in front of {low} were deleted, by retention or by hand"
                : $"it has records from {low} to {high}, and has had more: it lost them, or is another topic now";
        }
        catch (KafkaClientException failure)
        {
            available = $"its offsets cannot be asked for: {failure.Message}";
        }

        return new SourceException(
            $"{split} at Kafka {Servers} cannot be read on from offset {offset}: {available}. Reading from another place would lose or "
                + "double records. Restore the topic, or start the job from a savepoint or under another name, whose start you choose.");
    }

    /// <summary>Commits a position for tools, soon and together with others.</summary>
    public void Commit(TopicPartition partition, long position)
    {
        if (options.Group is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_readers > 0)
            {
                _positions[partition] = position;
                _timer ??= new Timer(_ => FlushSoon(), null, CommitEvery, CommitEvery);
            }
        }
    }

    private void FlushSoon()
    {
        lock (_lock)
        {
            if (_readers > 0)
            {
                Flush();
            }
        }
    }

    private void Flush()
    {
        if (_positions.Count > 0)
        {
            Consumer.CommitPositions(TakePositions());
        }
    }

    private PartitionOffset[] TakePositions()
    {
        PartitionOffset[] taken = [.. _positions.Select(pair => new PartitionOffset(pair.Key, pair.Value))];
        _positions.Clear();
        return taken;
    }
}
