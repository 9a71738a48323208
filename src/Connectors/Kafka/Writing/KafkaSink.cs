using Microsoft.Extensions.DependencyInjection;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Health;

namespace Weir.KafkaLog.Writing;

/// <summary>A sink that writes messages of one shape to a cluster, which may be one that its host knows.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="connection">The cluster, or what stands for it until the job starts.</param>
/// <param name="shape">The form of messages.</param>
internal abstract class KafkaSink<T>(KafkaConnection connection, KafkaMessageShape<T> shape) : INeedsServices
{
    private readonly Lock _lock = new();
    private KafkaConnection? _found;
    private (RunId RunId, long Attempt)? _checkedIn;
    private long? _topicBytes;

    public string Description => $"{ShapeText.Of(shape)} of {Connection}";

    /// <summary>Gets the topic; null if records say it.</summary>
    public string? Topic => shape.TopicPart is null ? shape.TopicName : null;

    protected KafkaConnection Connection => _found ?? connection;

    /// <summary>Gets what the health checks of the host look at; null where nothing does.</summary>
    protected KafkaWatches? Watches { get; private set; }

    protected KafkaMessageShape<T> Shape => shape;

    public void FindIn(IServiceProvider? services)
    {
        _found = connection.In(services, Description);
        Watches = services?.GetService<KafkaWatches>();
    }

    /// <summary>Looks at the topic, once an attempt for all subtasks. Blocks.</summary>
    /// <returns>How many bytes a batch of it may have; null if records say the topic, or if it cannot be asked.</returns>
    protected long? CheckOutput(SinkContext context)
    {
        if (Topic is not { } topic)
        {
            return null;
        }

        lock (_lock)
        {
            if (_checkedIn != (context.RunId, context.Attempt))
            {
                var limits = TopicChecks.Check(
                    Connection, [], [topic], new ClientNotices(Connection, context.Warn).Events, context.Warn);
                _topicBytes = limits.TryGetValue(topic, out var bytes) ? bytes : null;
                _checkedIn = (context.RunId, context.Attempt);
            }

            return _topicBytes;
        }
    }
}
