using Weir.KafkaLog.Client;
using Weir.KafkaLog.Telemetry;

namespace Weir.KafkaLog.Writing;

/// <summary>Writes the records of a subtask without transactions: all are delivered before a checkpoint counts, if that is asked
/// for.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="connection">The cluster.</param>
/// <param name="shape">The form of messages.</param>
/// <param name="isConfirmed">Whether checkpoints wait for deliveries, and a failed one fails the attempt.</param>
/// <param name="warn">What is told of failed deliveries otherwise.</param>
/// <param name="sent">Counts messages.</param>
/// <param name="topicBytes">What the topic takes; null if it cannot be asked.</param>
internal sealed class PlainSinkWriter<T>(
    KafkaConnection connection,
    KafkaMessageShape<T> shape,
    bool isConfirmed,
    Action<string> warn,
    SentMessages sent,
    long? topicBytes) : SinkWriter<T>
{
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    private readonly Producer _producer = new(
        connection.ForProducer().WithBatches(topicBytes is { } bytes ? [bytes] : []),
        new ClientNotices(connection, warn).Events with { OnDeliveryFailed = sent.OnFailed });
    private MessageWriter<T>? _messages;
    private FailedDelivery? _told;

    public override bool HasBacklog => _messages?.HasRest == true;

    public override void Write(Batch<T> batch) => (_messages ??= new MessageWriter<T>(
        _producer, shape, sent, MessageSize.Limit(connection.ForProducer(), topicBytes))).Write(batch);

    public override ValueTask DrainAsync(CancellationToken cancellation)
    {
        SendRest(cancellation);
        return ValueTask.CompletedTask;
    }

    public override ValueTask FlushAsync(CancellationToken cancellation)
    {
        SendRest(cancellation);
        while (isConfirmed && !_producer.Flush(Piece))
        {
            cancellation.ThrowIfCancellationRequested();
            ThrowIfFailed();
        }

        ThrowIfFailed();
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        if (!isConfirmed)
        {
            _producer.Flush(Goodbye);
        }

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
        if (_producer.Failed is not { } failed || failed == _told)
        {
            return;
        }

        var failure = FailedRecord.Of(failed, connection.Servers);
        if (isConfirmed)
        {
            throw failure;
        }

        _told = failed;
        warn($"{failure.Message} It is lost, and so may others be, of which nothing more is said.");
    }
}
