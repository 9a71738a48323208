using System.Globalization;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Telemetry;
using Weir.KafkaLog.Transactions;
using Weir.KafkaLog.Writing;

namespace Weir.KafkaLog.Ahead;

/// <summary>
/// Keeps the messages of a subtask until the checkpoint that holds them exists, and writes them then, in one transaction with a marker.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class AheadSinkWriter<T> : TwoPhaseCommitSink<T, AheadTransaction>
{
    // Nearly all of it is the first commit, which waits for whatever an earlier holder of the name has left open.
    private static readonly TimeSpan LongestCommit = TimeSpan.FromMinutes(5);

    private readonly KafkaConnection _connection;
    private readonly KafkaMessageShape<T> _shape;
    private readonly KafkaWriteAheadOptions _options;
    private readonly SinkContext _context;
    private readonly long? _topicBytes;
    private readonly string _job;
    private readonly string _writer;
    private readonly string _markerTopic;
    private readonly ProgressTopic _markers;
    private readonly ClientNotices _notices;
    private readonly KeptLimits _limits;
    private readonly Dictionary<string, AheadLog> _logs = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Dictionary<long, KeptMessages<T>> _open = [];
    private KeptMessages<T>? _current;
    private long _begun;

    public AheadSinkWriter(
        KafkaConnection connection, KafkaMessageShape<T> shape, KafkaWriteAheadOptions options, SinkContext context, long? topicBytes)
    {
        _topicBytes = topicBytes;
        _connection = connection;
        _shape = shape;
        _options = options;
        _context = context;
        _job = $"{options.Application}.{context.Job}";
        _writer = $"{context.Operator}.{context.Subtask.ToString(CultureInfo.InvariantCulture)}";
        _markerTopic = $"{_job}.ahead";
        _markers = new ProgressTopic(connection, _markerTopic, options.TransactionTimeout, context.Warn);
        _notices = new ClientNotices(connection, context.Warn);
        _limits = new KeptLimits(options.MaxBytesPerCheckpoint, MessageSize.Limit(connection.ForProducer(), topicBytes));
    }

    public override Codec<AheadTransaction> TransactionCodec => AheadTransactionCodec.Instance;

    public override AheadTransaction Begin()
    {
        _current = new KeptMessages<T>(_shape, _limits, $"{ShapeText.Of(_shape)} at Kafka {_connection.Servers}");
        lock (_lock)
        {
            _open.Add(++_begun, _current);
        }

        return new AheadTransaction(_job, _writer, null, _context.Attempt, _begun, 0, default);
    }

    public override void Write(AheadTransaction transaction, Batch<T> batch)
    {
        foreach (ref readonly var record in batch.Values)
        {
            _current!.Add(record);
        }
    }

    public override ValueTask<AheadTransaction> PreCommitAsync(
        AheadTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
        ValueTask.FromResult(Forget(transaction) is { Count: > 0 } kept
            ? transaction with
            {
                RunId = _context.RunId.ToString(),
                Count = kept.Count,
                Bytes = kept.Bytes,
                MarkerTopicId = _markers.Id,
            }
            : transaction);

    public override ValueTask CommitAsync(AheadTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (transaction.Count > 0)
        {
            LogOf(transaction).Apply(transaction, isOwn: true, Budget, cancellation);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask RecoverAndCommitAsync(
        AheadTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (transaction.Count == 0)
        {
            return ValueTask.CompletedTask;
        }

        if (transaction.Job != _job)
        {
            // To take its name over would shut out the job that the savepoint was taken of.
            _context.Warn(
                $"The {transaction} of {checkpoint} belongs to '{transaction.Job}', which writes it itself: '{_job}' leaves it alone. If "
                    + $"that job does not run any more, its last {transaction.Count} records are missing at Kafka {_connection.Servers}.");
            return ValueTask.CompletedTask;
        }

        LogOf(transaction).Apply(transaction, isOwn: false, Budget, cancellation);
        return ValueTask.CompletedTask;
    }

    // It was never anywhere but here, and in no checkpoint.
    public override ValueTask AbortAsync(AheadTransaction transaction, CancellationToken cancellation)
    {
        _ = Forget(transaction);
        return ValueTask.CompletedTask;
    }

    public override ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
    {
        _markers.Ensure(cancellation);
        foreach (var log in _logs.Values)
        {
            log.EndRecovery();
        }

        foreach (var damaged in recovery.Damaged)
        {
            _context.Warn(
                $"{damaged} cannot be read, and its records may be in {ShapeText.Of(_shape)} at Kafka {_connection.Servers}: they are "
                    + "written again.");
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var log in _logs.Values)
        {
            log.Dispose();
        }

        return base.DisposeAsync();
    }

    // A sink that gives up before the job does can say why.
    private TimeSpan Budget =>
        _context.CallTimeout == Timeout.InfiniteTimeSpan || _context.CallTimeout > LongestCommit
            ? LongestCommit
            : _context.CallTimeout * 0.8;

    private AheadLog LogOf(AheadTransaction transaction)
    {
        if (!_logs.TryGetValue(transaction.TransactionalId, out var log))
        {
            // Subtasks that have found transactions of one writer shut each other out: they must not go on in step.
            var retryAfter = TimeSpan.FromMilliseconds(150 + (70 * (_context.Subtask % 8)));
            log = new AheadLog(
                _connection,
                _notices.Events,
                transaction.TransactionalId,
                _markers,
                _markerTopic,
                _options.TransactionTimeout,
                retryAfter,
                _context.RunId.ToString(),
                _context.Attempt,
                _topicBytes)
            {
                Activity = new TransactionActivity(_context.Job, _context.Operator, transaction.TransactionalId),
                NamesTrace = _shape.NamesTrace,
            };
            _logs.Add(transaction.TransactionalId, log);
        }

        return log;
    }

    private KeptMessages<T>? Forget(AheadTransaction transaction)
    {
        lock (_lock)
        {
            return _open.Remove(transaction.Number, out var kept) ? kept : null;
        }
    }
}
