using System.Diagnostics;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Telemetry;

namespace Weir.KafkaLog.Writing;

/// <summary>Writes the records of a subtask without transactions: all are delivered before a checkpoint counts, if that is asked
/// for.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="connection">The cluster.</param>
/// <param name="shape">The form of messages.</param>
/// <param name="isConfirmed">Whether checkpoints wait for deliveries, and a failed one fails the attempt.</param>
/// <param name="context">The job, which is warned of failed deliveries otherwise.</param>
/// <param name="sent">Counts messages.</param>
/// <param name="topicBytes">What the topic takes; null if it cannot be asked.</param>
internal sealed class PlainSinkWriter<T>(
    KafkaConnection connection,
    KafkaMessageShape<T> shape,
    bool isConfirmed,
    SinkContext context,
    SentMessages sent,
    long? topicBytes) : SinkWriter<T>
{
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    private readonly Producer _producer = new(
        connection.ForProducer().WithBatches(topicBytes is { } bytes ? [bytes] : []),
        new ClientNotices(connection, context.Warn).Events with { OnDeliveryFailed = sent.OnFailed });
    private MessageWriter<T>? _messages;
    private FailedDelivery? _told;

    public override bool HasBacklog => _messages?.HasRest == true;

    public override void Write(Batch<T> batch)
    {
        _messages ??= new MessageWriter<T>(_producer, shape, sent, MessageSize.Limit(connection.ForProducer(), topicBytes));
        if (batch.Count > 0)
        {
            Write(_messages, batch);
        }
    }

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

    private void Write(MessageWriter<T> messages, Batch<T> batch)
    {
        var activity = KafkaActivities.IsHeard ? Begin(batch.Count) : null;
        try
        {
            messages.Write(batch, activity);
        }
        catch (Exception failure) when (activity is not null)
        {
            KafkaActivities.End(activity, failure.Message, failure.GetType().FullName);
            throw;
        }

        KafkaActivities.End(activity);
    }

    private Activity? Begin(int messages) => KafkaActivities.Begin(
        ActivityKind.Producer,
        "send",
        "send",
        shape.TopicPart is null ? shape.TopicName : null,
        context.Job,
        context.Operator,
        ("messaging.batch.message_count", messages));

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

        var failure = FailedRecord.Of(failed, connection.Servers, _producer.Principal);
        if (isConfirmed)
        {
            throw failure;
        }

        _told = failed;
        context.Warn($"{failure.Message} It is lost, and so may others be, of which nothing more is said.");
    }
}
