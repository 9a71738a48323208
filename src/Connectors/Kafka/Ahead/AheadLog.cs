using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;
using Weir.KafkaLog.Telemetry;
using Weir.KafkaLog.Transactions;
using Weir.KafkaLog.Writing;

namespace Weir.KafkaLog.Ahead;

/// <summary>Writes the messages of one writer, transaction by transaction, and knows which of them are in their topics.</summary>
/// <remarks>
/// By one thread at a time. Whoever takes a writer over shuts its earlier holders out first, and reads its marker only then: what is not
/// marked behind that, nobody else will write.
/// </remarks>
/// <param name="connection">The cluster.</param>
/// <param name="events">What is told of its clients.</param>
/// <param name="transactionalId">The name that the writer has at the cluster.</param>
/// <param name="markers">Where markers are.</param>
/// <param name="markerTopic">Its topic.</param>
/// <param name="transactionTimeout">How long a transaction may be open.</param>
/// <param name="retryAfter">The time between two tries.</param>
/// <param name="life">The life of the job that writes.</param>
/// <param name="attempt">The attempt that writes.</param>
/// <param name="topicBytes">What a batch of the topic may have; null if that is not known.</param>
internal sealed unsafe class AheadLog(
    KafkaConnection connection,
    ClientEvents events,
    string transactionalId,
    ProgressTopic markers,
    string markerTopic,
    TimeSpan transactionTimeout,
    TimeSpan retryAfter,
    string life,
    long attempt,
    long? topicBytes = null) : IDisposable
{
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CommitTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(100);

    // What hides the markers is, most likely, a transaction that a killed process left open: taking over its name ends that.
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(2);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(transactionalId);
    private Producer? _producer;
    private AheadMarker? _marker;

    // The newest transaction of the life whose savepoint this one has begun with; null for none.
    private AheadTransaction? _found;
    private byte[]? _traceParent;
    private bool _hasLooked;

    /// <summary>Gets what shows transactions to those that trace; null for nothing.</summary>
    public TransactionActivity? Activity { get; init; }

    /// <summary>Gets whether messages name it.</summary>
    public bool NamesTrace { get; init; }

    /// <summary>Writes a transaction, unless it is in the topics. Blocks.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="isOwn">Whether it is of this attempt, and not found in a checkpoint: nobody has tried to write it then.</param>
    /// <param name="budget">How long it is tried.</param>
    /// <param name="cancellation">Ends the tries.</param>
    public void Apply(AheadTransaction transaction, bool isOwn, TimeSpan budget, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        var isFresh = isOwn;
        var isOfAnother = transaction.RunId != life;
        if (isOfAnother && (_found is null || transaction.Place.CompareTo(_found.Place) > 0))
        {
            _found = transaction;
        }

        while (true)
        {
            try
            {
                if (isOfAnother && _producer is null && LookFirst(cancellation) is { } other && IsGoneOn(transaction, other))
                {
                    // Nobody is shut out: the job that the savepoint was taken of may go on. More of it may be in the savepoint, too.
                    _marker = other;
                    return;
                }

                _producer ??= Open(cancellation);
                if (!isFresh || !_hasLooked)
                {
                    _marker = Marker(cancellation);
                    if (isOfAnother && IsGoneOn(transaction, _marker))
                    {
                        return;
                    }

                    RefuseWhereOthersWrite(transaction);
                }

                if (!isFresh && IsWritten(transaction))
                {
                    return;
                }

                if (!isFresh)
                {
                    RefuseIfMarkersAreLost(transaction, cancellation);
                }

                var marker = isOwn ? AheadMarker.Behind(transaction, _marker) : AheadMarker.With(_marker, transaction);
                WriteTraced(transaction, marker, cancellation);
                _marker = marker;
                return;
            }
            catch (KafkaClientException failure) when (failure is not IPermanentFailure && Stopwatch.GetElapsedTime(begun) < budget)
            {
                // Nobody knows now what became of it: the next round takes the name over anew, and reads.
                Dispose();
                isFresh = false;
                cancellation.WaitHandle.WaitOne(retryAfter);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>All that was found has been given to <see cref="Apply"/>.</summary>
    /// <exception cref="ProgressException">The job that it is of has written more than that, and may go on.</exception>
    public void EndRecovery()
    {
        if (_found is { } found && IsGoneOn(found, _marker))
        {
            throw GoneOn(found);
        }
    }

    public void Dispose()
    {
        _producer?.Dispose();
        _producer = null;
    }

    private Producer Open(CancellationToken cancellation)
    {
        markers.Ensure(cancellation);
        var producer = new Producer(
            connection.ForProducer().WithBatches(topicBytes is { } bytes ? [bytes] : []),
            events,
            new TransactionSettings(transactionalId, transactionTimeout));
        try
        {
            while (producer.InitTransactions(CallTime) is { } error)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!error.IsRetriable)
                {
                    throw KafkaClientException.Of(
                        $"Taking over the transactional id '{transactionalId}'", connection.Servers, error, principal: producer.Principal);
                }
            }

            return producer;
        }
        catch
        {
            producer.Dispose();
            throw;
        }
    }

    // A life writes of its own only when all is written that it has begun with.
    private bool IsWritten(AheadTransaction transaction) =>
        _marker?.Covers(transaction) == true || (_marker?.RunId == life && transaction.RunId != life);

    private void RefuseWhereOthersWrite(AheadTransaction transaction)
    {
        if (!_hasLooked)
        {
            RefuseIfOlder(transaction, _marker);
        }

        _hasLooked = true;
        if (transaction.RunId == life)
        {
            EndRecovery();
        }

        if (_marker?.HasReplaced(life) == true)
        {
            throw new ProgressException(
                $"Another life of this job, which has begun with a savepoint of it or anew, writes as '{transactionalId}' to Kafka "
                    + $"{connection.Servers}, as the topic '{markerTopic}' says: life {_marker.RunId}, and this is {life}. To write beside "
                    + "it could write records twice, so this one ends. Let one of them run, or give the other one another name, or another "
                    + $"{nameof(KafkaWriteAheadOptions)}.{nameof(KafkaWriteAheadOptions.Application)}.");
        }
    }

    // Begun with a savepoint that was not the last of its job: that one may run still, or have run on, or another one has begun with it.
    private bool IsGoneOn(AheadTransaction found, AheadMarker? marker) => marker is not null && marker.RunId != life
        && (marker.RunId == found.RunId
            ? (marker.Attempt, marker.Number).CompareTo(found.Place) > 0
            : marker.HasReplaced(found.RunId!));

    private ProgressException GoneOn(AheadTransaction found) => new(
        (_marker!.RunId == found.RunId
            ? "The job that the savepoint was taken of has gone on, and may run still"
            : "Another job has begun with the same savepoint, or with a later one, and may run still")
            + $": the topic '{markerTopic}' at Kafka {connection.Servers} says that '{transactionalId}' has written more than the "
            + $"{found} which is the last one in the savepoint. It would be written again. Stop the job that has written last with a "
            + "savepoint and begin with that one, or give this job another name, or another "
            + $"{nameof(KafkaWriteAheadOptions)}.{nameof(KafkaWriteAheadOptions.Application)}.");

    // Attempts are numbered by the directory of checkpoints: two directories that go back to one savepoint count alike, and so does one
    // that was brought back from a backup. Then a marker would say of one what the other has written, and records would be lost.
    private void RefuseIfOlder(AheadTransaction transaction, AheadMarker? marker)
    {
        if (marker?.RunId == transaction.RunId && marker?.Attempt >= attempt)
        {
            throw new ProgressException(
                $"The topic '{markerTopic}' at Kafka {connection.Servers} says that attempt {marker.Attempt} has written as "
                    + $"'{transactionalId}', and this is attempt {attempt}: the checkpoints are older than the output. They are a backup, "
                    + "or another directory has begun with the same savepoint. Give the job another name, or "
                    + $"{nameof(KafkaWriteAheadOptions)}.{nameof(KafkaWriteAheadOptions.Application)}. If the output may hold records "
                    + "twice, start it again: attempts count on.");
        }
    }

    // Where the topic is another one, that there is no marker says nothing.
    private void RefuseIfMarkersAreLost(AheadTransaction transaction, CancellationToken cancellation)
    {
        if (transaction.MarkerTopicId is { Length: > 0 } then && markers.LookAtId(cancellation) is { Length: > 0 } now && now != then)
        {
            throw new ProgressException(
                $"The topic '{markerTopic}' at Kafka {connection.Servers} was deleted and made anew: it had the id {then} when the "
                    + $"{transaction} was made, and has {now}. So nothing says whether the {transaction.Count} records of that are in "
                    + "their topics: to write them might double them, to leave them out might lose them. To begin anew and have all output "
                    + "written again, delete all checkpoints of the job, too, or give it another name.");
        }
    }

    // Null also if nobody says: it is asked again behind the fence.
    private AheadMarker? LookFirst(CancellationToken cancellation)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        enough.CancelAfter(FirstLook);
        try
        {
            return Marker(enough.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private AheadMarker? Marker(CancellationToken cancellation)
    {
        AheadMarker? last = null;
        markers.Read((key, value, offset) => last = key.SequenceEqual(_key) ? Parse(value, offset) : last, cancellation);
        return last;
    }

    private AheadMarker Parse(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            var marker = AheadMarker.Of(bytes);
            return marker.Version <= AheadMarker.NewestVersion ? marker : throw new ProgressException(
                $"The record at offset {offset} of '{markerTopic}' at Kafka {connection.Servers} is of version {marker.Version}, and "
                    + $"this Weir reads up to {AheadMarker.NewestVersion}: a newer one has run the job. Run that one.");
        }
        catch (JsonException damage)
        {
            throw markers.Refuse(offset, damage);
        }
    }

    private void WriteTraced(AheadTransaction transaction, AheadMarker marker, CancellationToken cancellation)
    {
        try
        {
            Write(transaction, marker, cancellation);
            Activity?.End("committed");
        }
        catch (KafkaClientException failure)
        {
            Activity?.End(TransactionFigures.OutcomeOf(failure.Error), failure.Error);
            throw;
        }
        finally
        {
            Activity?.End("aborted");
        }
    }

    private void Write(AheadTransaction transaction, AheadMarker marker, CancellationToken cancellation)
    {
        ThrowIf(_producer!.BeginTransaction(), transaction);
        var reader = new MessagePackReader(transaction.Bytes);
        for (var i = 0; i < transaction.Count; i++)
        {
            var message = KeptMessage.Read(ref reader);
            var activity = Activity?.Add(message.Topic, 1);
            _traceParent = NamesTrace ? i == 0 ? TraceParent.Of(activity) : _traceParent : null;
            Send(message, cancellation);
        }

        _traceParent = null;
        Activity?.OnCommit(null);
        Send(new KeptMessage(markerTopic, 0, null, _key, marker.ToBytes(), KafkaHeaders.Empty), cancellation);
        while (_producer.CommitTransaction(CommitTime) is { } error)
        {
            ThrowIfRefused(error);
            if (!error.IsRetriable)
            {
                ThrowIf(error, transaction);
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    private void Send(in KeptMessage message, CancellationToken cancellation)
    {
        fixed (byte* key = Filled(message.Key), value = Filled(message.Value))
        {
            var native = new RdMessage
            {
                Partition = message.Partition,
                Key = message.Key is null ? null : key,
                KeyLength = (nuint)(message.Key?.Length ?? 0),
                Payload = message.Value is null ? null : value,
                Length = (nuint)(message.Value?.Length ?? 0),
            };
            while (true)
            {
                var headers = NativeHeaders.Of(message.Headers, _traceParent);
                if (_producer!.Produce(_producer.Topic(message.Topic), native, message.Time, headers) is not { } error)
                {
                    return;
                }

                NativeHeaders.Free(headers);
                if (error.Code != ErrorCodes.QueueFull)
                {
                    ThrowIfRefused(error);
                    throw RefusedMessage.Of(native, message.Topic, error, connection.Servers, _producer.Principal);
                }

                _producer.Flush(Piece);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    // A pointer to no bytes is null, and would be a tombstone.
    private static byte[] Filled(byte[]? bytes) => bytes is { Length: > 0 } ? bytes : [0];

    private void ThrowIfRefused(KafkaError error)
    {
        if ((!error.IsRetriable || _producer!.Failed is not null) && _producer!.AwaitFailed() is { } failed)
        {
            throw FailedRecord.Of(failed, connection.Servers, _producer!.Principal);
        }
    }

    private void ThrowIf(KafkaError? error, AheadTransaction transaction)
    {
        if (error is { } some)
        {
            throw KafkaClientException.Of(
                $"Writing {transaction} which is in the checkpoint already,",
                connection.Servers,
                some,
                principal: connection.ProducerPrincipal);
        }
    }
}
