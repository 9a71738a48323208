using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<(string Topic, string Id), TopicCheck> _checks = new();
    private readonly HashSet<IPartitionPosition> _open = [];
    private Consumer? _consumer;
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
                _checks.Clear();
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

    /// <summary>
    /// Whether the topic is the one that was read before: one that was deleted and made anew has other records at the same offsets. The
    /// first call begins to look, in the background.
    /// </summary>
    public bool IsReady(KafkaSplit split, SourceContext context)
    {
        if (split.TopicId.Length == 0)
        {
            return true;
        }

        var check = _checks.GetOrAdd((split.Topic, split.TopicId), _ => new TopicCheck());
        return check.IsDone || check.Begin(context, () => Look(split));
    }

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

    private void Look(KafkaSplit split)
    {
        using var cluster = openCluster();
        var now = cluster.TopicIds([split.Topic]).GetValueOrDefault(split.Topic);
        if (now is null)
        {
            throw TopicRefusal.OfInput(cluster.Topics([split.Topic])[0], Servers, "read on", connection().Principal);
        }

        if (now != split.TopicId)
        {
            throw new SourceException(
                $"The topic '{split.Topic}' at Kafka {Servers} is not the one that this job has read: that had the id {split.TopicId}, "
                    + $"and this has {now}. It was deleted and "
                    + "made anew, and its offsets mean other records. Start the job under another name, or with another place for its "
                    + "checkpoints, to read it from the beginning.");
        }
    }

    private sealed class TopicCheck
    {
        private int _isBegun;
        private volatile bool _isDone;

        public bool IsDone => _isDone;

        // Whoever asks while another reader's look is under way is woken by a look of its own, which finds nothing to do.
        public bool Begin(SourceContext context, Action look)
        {
            if (Interlocked.Exchange(ref _isBegun, 1) == 0)
            {
                context.Background("looking at a topic", _ =>
                {
                    look();
                    _isDone = true;
                    return ValueTask.CompletedTask;
                });
            }
            else
            {
                context.Background("waiting for a look at a topic", async cancellation =>
                {
                    while (!_isDone)
                    {
                        await Task.Delay(5, cancellation).ConfigureAwait(false);
                    }
                });
            }

            return false;
        }
    }
}
