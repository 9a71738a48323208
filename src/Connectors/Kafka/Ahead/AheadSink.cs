using Weir.KafkaLog.Client;
using Weir.KafkaLog.Writing;

namespace Weir.KafkaLog.Ahead;

/// <summary>Writes records when the checkpoint that holds them exists: exactly once, whoever decides.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class AheadSink<T>(KafkaConnection connection, KafkaMessageShape<T> shape, KafkaWriteAheadOptions options)
    : ITransactionalSink<T>, INeedsServices
{
    private KafkaConnection? _found;

    public string Description => $"{ShapeText.Of(shape)} of {Connection}";

    private KafkaConnection Connection => _found ?? connection;

    public void FindIn(IServiceProvider? services) => _found = connection.In(services, Description);

    public ISinkWriter<T> Open(SinkContext context)
    {
        if (context.Subtask == 0 && shape.TopicPart is null)
        {
            OutputChecks.Check(Connection, [shape.TopicName!], new ClientNotices(Connection, context.Warn).Events, context.Warn);
        }

        return new AheadSinkWriter<T>(Connection, shape, options, context);
    }
}
