using Weir.KafkaLog.Writing;

namespace Weir.KafkaLog.Ahead;

/// <summary>Writes records when the checkpoint that holds them exists: exactly once, whoever decides.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class AheadSink<T>(KafkaConnection connection, KafkaMessageShape<T> shape, KafkaWriteAheadOptions options)
    : ITransactionalSink<T>
{
    public string Description => $"{ShapeText.Of(shape)} of {connection}";

    public ISinkWriter<T> Open(SinkContext context) => new AheadSinkWriter<T>(connection, shape, options, context);
}
