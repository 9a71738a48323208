using Weir.KafkaLog.Client;
using Weir.KafkaLog.Telemetry;
using Weir.KafkaLog.Transactions;

namespace Weir.KafkaLog.Writing;

/// <summary>Writes the records of a subtask into the transaction of the job, which the arbiter commits.</summary>
/// <remarks>
/// The handle says nothing: whether the records are visible is in the progress topic, together with the checkpoint's name, and there is
/// nothing to commit or to abort behind a restart.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
internal sealed class TransactionalSinkWriter<T> : TwoPhaseCommitSink<T, long>
{
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(100);

    private readonly KafkaArbiter _arbiter;
    private readonly KafkaMessageShape<T> _shape;
    private readonly SentMessages _sent;
    private JobTransaction? _transaction;
    private Producer? _producer;
    private MessageWriter<T>? _messages;

    public TransactionalSinkWriter(KafkaArbiter arbiter, KafkaMessageShape<T> shape, SentMessages sent)
    {
        _sent = sent;
        _arbiter = arbiter;
        _shape = shape;
    }

    public override Codec<long> TransactionCodec => Codecs.Of<long>();

    public override bool MayWriteWhilePending => false;

    public override bool HasBacklog => _messages?.HasRest == true;

    public override bool IsFull => HasBacklog;

    public override long Begin()
    {
        _transaction ??= _arbiter.Transaction;
        _producer ??= ((IClientProducer)_transaction.Producer).Client;
        _messages ??= new MessageWriter<T>(_producer, _shape, _sent, _arbiter.LimitOf(_shape.TopicName));
        return 0;
    }

    public override void Write(long transaction, Batch<T> batch)
    {
        if (batch.Count > 0)
        {
            var activity = _transaction!.Enter(_shape.TopicPart is null ? _shape.TopicName : null, batch.Count);
            try
            {
                _messages!.Write(batch, activity);
            }
            catch (KafkaClientException failure) when (failure is not IPermanentFailure)
            {
                throw Lost(failure);
            }
        }
    }

    public override ValueTask DrainAsync(long transaction, CancellationToken cancellation)
    {
        SendRest(cancellation);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<long> PreCommitAsync(long transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        SendRest(cancellation);
        while (!_producer!.Flush(Piece))
        {
            cancellation.ThrowIfCancellationRequested();
            ThrowIfFailed();
        }

        ThrowIfFailed();
        return ValueTask.FromResult(transaction);
    }

    // The decision was the commit.
    public override ValueTask CommitAsync(long transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
        ValueTask.CompletedTask;

    public override ValueTask AbortAsync(long transaction, CancellationToken cancellation) => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        _messages?.Dispose();
        return base.DisposeAsync();
    }

    private void SendRest(CancellationToken cancellation)
    {
        while (HasBacklog)
        {
            _producer!.Flush(Piece / 10);
            ThrowIfFailed();
            try
            {
                _messages!.Send();
            }
            catch (KafkaClientException failure) when (failure is not IPermanentFailure)
            {
                throw Lost(failure);
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    private void ThrowIfFailed()
    {
        if (_producer!.Failed is not null && _producer.AwaitFailed() is { } failed)
        {
            throw FailedRecord.Of(failed, _arbiter.Servers, _arbiter.Principal);
        }
    }

    // Every error of writing but a full queue means that the transaction is gone; with a record that nobody takes, for ever.
    private Exception Lost(KafkaClientException failure) =>
        _producer!.AwaitFailed() is { } failed && FailedRecord.IsForGood(failed.Error.Code)
            ? FailedRecord.Of(failed, _arbiter.Servers, _arbiter.Principal)
            : _transaction!.Lose("Writing a record", failure.Error);
}
