using Confluent.Kafka;

namespace Weir.Kills.Tests.Topics;

/// <summary>Reads topics by another client than ours, as a plain reader of committed records, and as one that sees all.</summary>
internal sealed class TopicReader(string servers, string group) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly IConsumer<Ignore, string> _committed = Open(servers, group, IsolationLevel.ReadCommitted);
    private readonly IConsumer<Ignore, string> _all = Open(servers, group, IsolationLevel.ReadUncommitted);

    /// <summary>The ends of the partitions of a topic: of what is committed, or of all.</summary>
    public IReadOnlyList<long> EndsOf(string topic, int partitions, IsolationLevel isolation)
    {
        lock (_lock)
        {
            return [.. Places(topic, partitions).Select(place => Of(isolation).QueryWatermarkOffsets(place, Patience).High.Value)];
        }
    }

    /// <summary>The positions that the group has committed, 0 where none.</summary>
    public IReadOnlyList<long> PositionsOf(string topic, int partitions)
    {
        lock (_lock)
        {
            return [.. Committed(Places(topic, partitions)).OrderBy(place => place.Partition.Value)
                .Select(place => Math.Max(0, place.Offset.Value))];
        }
    }

    /// <summary>All messages of a topic, partition by partition, in order.</summary>
    public IReadOnlyList<IReadOnlyList<Message>> Read(string topic, int partitions, IsolationLevel isolation)
    {
        lock (_lock)
        {
            var consumer = Of(isolation);
            var messages = Enumerable.Range(0, partitions).Select(_ => new List<Message>()).ToList();
            consumer.Assign(Places(topic, partitions).Select(place => new TopicPartitionOffset(place, Confluent.Kafka.Offset.Beginning)));
            for (var ended = 0; ended < messages.Count;)
            {
                var read = consumer.Consume(Patience) ?? throw new TimeoutException($"{topic} is not read to its end within {Patience}.");
                if (read.IsPartitionEOF)
                {
                    ended++;
                }
                else
                {
                    messages[read.Partition].Add(new Message(read.Offset, read.Message.Value));
                }
            }

            consumer.Unassign();
            return messages;
        }
    }

    /// <summary>Whether a transaction is open on a topic.</summary>
    public bool IsOpen(string topic, int partitions) => !EndsOf(topic, partitions, IsolationLevel.ReadCommitted)
        .SequenceEqual(EndsOf(topic, partitions, IsolationLevel.ReadUncommitted));

    /// <summary>Reads what is committed past all that is in a topic: it takes as long as a transaction is open.</summary>
    public void ReadPast(string topic, int partitions)
    {
        var ends = EndsOf(topic, partitions, IsolationLevel.ReadUncommitted);
        var positions = EndsOf(topic, partitions, IsolationLevel.ReadCommitted).ToArray();
        lock (_lock)
        {
            _committed.Assign(positions.Select((position, partition) => new TopicPartitionOffset(topic, partition, position)));
            while (positions.Zip(ends).Any(pair => pair.First < pair.Second))
            {
                // The end of a partition, as far as a reader of committed records comes, is told anew whenever it moves.
                var read = _committed.Consume(Patience) ?? throw new TimeoutException($"{topic}: a transaction is open for {Patience}.");
                positions[read.Partition] = read.IsPartitionEOF ? read.Offset.Value : read.Offset.Value + 1;
            }

            _committed.Unassign();
        }
    }

    public void Dispose()
    {
        _committed.Dispose();
        _all.Dispose();
    }

    // A broker that has just come back says that it is not the one to ask, or not yet.
    private List<TopicPartitionOffset> Committed(IEnumerable<TopicPartition> places)
    {
        for (var watch = System.Diagnostics.Stopwatch.StartNew(); ;)
        {
            try
            {
                return _all.Committed(places, Patience);
            }
            catch (KafkaException early) when (watch.Elapsed < Patience && early.Error.Code is ErrorCode.NotCoordinatorForGroup
                or ErrorCode.GroupCoordinatorNotAvailable or ErrorCode.GroupLoadInProgress)
            {
                _all.Consume(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private IConsumer<Ignore, string> Of(IsolationLevel isolation) => isolation == IsolationLevel.ReadCommitted ? _committed : _all;

    private static IEnumerable<TopicPartition> Places(string topic, int partitions) =>
        Enumerable.Range(0, partitions).Select(partition => new TopicPartition(topic, partition));

    private static IConsumer<Ignore, string> Open(string servers, string group, IsolationLevel isolation) =>
        new ConsumerBuilder<Ignore, string>(new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = group,
            IsolationLevel = isolation,
            EnablePartitionEof = true,

            // The end of a partition is told with an answer, and a broker that has nothing keeps it back for so long.
            FetchWaitMaxMs = 10,
            EnableAutoCommit = false,
            ConsumeResultFields = "none",
        }).SetErrorHandler(static (_, _) => { }).SetLogHandler(static (_, _) => { }).Build();

    /// <summary>A message and its place in its partition.</summary>
    internal readonly record struct Message(long Offset, string Value);
}
