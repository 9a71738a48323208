using Weir.KafkaLog.Writing;

namespace Weir.KafkaLog.Ahead;

/// <summary>Writes records when the checkpoint that holds them exists: exactly once, whoever decides.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class AheadSink<T>(KafkaConnection connection, KafkaMessageShape<T> shape, KafkaWriteAheadOptions options)
    : KafkaSink<T>(connection, shape), ITransactionalSink<T>
{
    public ISinkWriter<T> Open(SinkContext context)
    {
        var topicBytes = CheckOutput(context);
        return new AheadSinkWriter<T>(Connection, Shape, options, context, topicBytes);
    }
}
