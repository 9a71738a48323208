using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Reading;

/// <summary>
/// Knows when it was last seen that a topic is the one that was read before: one that was deleted and made anew has other records at the
/// same offsets. Any thread.
/// </summary>
/// <remarks>
/// The client reads on in the new topic without a word. So nothing is read that was not looked at within the last seconds: also a process
/// that has stood still in the meantime looks first.
/// </remarks>
/// <param name="split">A partition of the topic, with the id that it had.</param>
/// <param name="time">The clock: the one on the wall, since another may stand still with the machine.</param>
internal sealed class TopicCheck(KafkaSplit split, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _lookedAt;
    private Task? _looking;

    /// <summary>Gets a partition of the topic.</summary>
    public KafkaSplit Split => split;

    /// <summary>Gets whether somebody has looked a short time ago.</summary>
    public bool IsFresh => Volatile.Read(ref _lookedAt) is not 0 and var then
        && (time.GetUtcNow() - new DateTimeOffset(then, TimeSpan.Zero)).Duration() < MaxAge;

    /// <summary>Gets whether anybody has looked.</summary>
    public bool IsBegun => Volatile.Read(ref _lookedAt) != 0;

    /// <summary>Looks. Blocks.</summary>
    /// <exception cref="SourceException">It is another topic, or gone.</exception>
    public void Look(Cluster cluster, KafkaConnection connection)
    {
        var now = cluster.TopicIds([split.Topic]).GetValueOrDefault(split.Topic);
        if (now is null)
        {
            throw TopicRefusal.OfInput(cluster.Topics([split.Topic])[0], connection.Servers, "read on", connection.Principal);
        }

        if (now != split.TopicId)
        {
            throw new SourceException(
                $"The topic '{split.Topic}' at Kafka {connection.Servers} is not the one that this job has read: that had the id "
                    + $"{split.TopicId}, "
                    + $"and this has {now}. It was deleted and "
                    + "made anew, and its offsets mean other records. Start the job under another name, to read it from the "
                    + "beginning.");
        }

        Volatile.Write(ref _lookedAt, time.GetUtcNow().Ticks);
    }

    /// <summary>Has somebody look in the background, once for all readers of the topic: each is woken then.</summary>
    public void Begin(SourceContext context, Action look)
    {
        Task looking;
        lock (_lock)
        {
            looking = _looking is { IsCompleted: false } underWay ? underWay : _looking = Task.Run(look);
        }

        context.Background("looking at a topic", cancellation => new ValueTask(looking.WaitAsync(cancellation)));
    }
}
