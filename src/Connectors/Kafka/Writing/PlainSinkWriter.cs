using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Writing;

/// <summary>Writes the records of a subtask without transactions: all are delivered before a checkpoint counts.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class PlainSinkWriter<T>(KafkaConnection connection, KafkaMessageShape<T> shape) : SinkWriter<T>
{
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(100);

    private readonly Producer _producer = new(connection.ForProducer(), new ClientEvents { Token = connection.Token });
    private MessageWriter<T>? _messages;

    public override bool HasBacklog => _messages?.HasRest == true;

    public override void Write(Batch<T> batch) => (_messages ??= new MessageWriter<T>(_producer, shape)).Write(batch);

    public override ValueTask DrainAsync(CancellationToken cancellation)
    {
        SendRest(cancellation);
        return ValueTask.CompletedTask;
    }

    public override ValueTask FlushAsync(CancellationToken cancellation)
    {
        SendRest(cancellation);
        while (!_producer.Flush(Piece))
        {
            cancellation.ThrowIfCancellationRequested();
            ThrowIfFailed();
        }

        ThrowIfFailed();
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _messages?.Dispose();
        _producer.Dispose();
        return base.DisposeAsync();
    }

    private void SendRest(CancellationToken cancellation)
    {
        while (HasBacklog)
        {
            _producer.Flush(Piece / 10);
            ThrowIfFailed();
            _messages!.Send();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private void ThrowIfFailed()
    {
        if (_producer.Failed is { } failed)
        {
            throw FailedRecord.Of(failed, connection.Servers);
        }
    }
}
