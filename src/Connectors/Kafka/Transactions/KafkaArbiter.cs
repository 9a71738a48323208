using System.Diagnostics;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Telemetry;

namespace Weir.KafkaLog.Transactions;

/// <summary>
/// Decides by a Kafka transaction which checkpoint counts: the records that it covers and its name become visible together. Shuts earlier
/// processes out by the transactional id, and claims the job in the progress topic before anything is restored.
/// </summary>
/// <remarks>
/// <para>The order is what its safety hangs on. The producer is initialised first, which aborts what an earlier one left open; only then is
/// the progress read; then the new attempt is made durable by a transaction of its own, the claim. A checkpoint has an attempt and a
/// number, so that no two processes give one name to two contents.</para>
/// <para>One an attempt at a time: calls come one after another, from the work pool. They block.</para>
/// </remarks>
/// <param name="log">The cluster.</param>
/// <param name="context">The job.</param>
/// <param name="owner">Who owns the job then; null for this process.</param>
internal sealed class KafkaArbiter(
    ITransactionLog log, ArbiterContext context, ProgressOwner? owner = null) : ICheckpointArbiter, IDisposable
{
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestInit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestCommit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestClaim = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    private readonly ProgressOwner _owner = owner ?? ProgressOwner.Self;
    private TransactionFigures? _figures;
    private JobTransaction? _transaction;
    private RecoveryPoint? _point;
    private CheckpointName? _asked;

    /// <summary>Gets the transaction that sinks write into.</summary>
    public JobTransaction Transaction => _transaction ?? throw new InvalidOperationException("No attempt has begun.");

    /// <summary>Gets for how long the transaction has been open; null if none is.</summary>
    public TimeSpan? TransactionAge => _transaction?.Age;

    /// <summary>Gets or sets what looks after that; null for nothing. Disposed with this.</summary>
    public IDisposable? Watch { get; set; }

    /// <summary>Gets where it decides, for messages.</summary>
    public string Servers => log.Servers;

    /// <summary>Gets whom the cluster knows the writer as, for messages.</summary>
    public string Principal => log.Principal;

    /// <summary>How large a message of a topic may be, as far as is known.</summary>
    public long LimitOf(string? topic) => log.LimitOf(topic);

    /// <inheritdoc/>
    public async ValueTask<RecoveryPoint> FenceAndReadAsync(RunId newRun, CancellationToken cancellation)
    {
        Close();
        log.Check();
        RefuseIfSuperseded(cancellation);
        var stored = await context.Store.FenceAsync(context.Job, newRun, cancellation).ConfigureAwait(false);
        var producer = log.Open();
        _figures ??= new TransactionFigures(context.Meter, () => TransactionAge);
        var transaction = new JobTransaction(
            producer, log.Servers, log.Principal, _figures, new TransactionActivity(context.Job, null, log.TransactionalId));
        _transaction = transaction;
        using var holding = transaction.Hold();
        _point = stored;

        // Who stood still until another one had begun must not shut that one out by its first call.
        await context.Store.CheckFenceAsync(context.Job, stored.Attempt, cancellation).ConfigureAwait(false);
        Init(producer, cancellation);
        var progress = log.ReadProgress(cancellation);
        if (progress is not null && stored.Attempt <= progress.Attempt)
        {
            stored = await CatchUpAsync(progress, stored, newRun, cancellation).ConfigureAwait(false);
        }

        var decided = await DecidedAsync(progress, stored, cancellation).ConfigureAwait(false);
        _point = stored with
        {
            Candidates = decided is { } name ? [name] : [],
            Last = new CheckpointId(Math.Max(stored.Last.Value, progress?.CheckpointId ?? 0)),
        };
        transaction.Commit(Progress(_point, decided), Shorter(LongestCommit), cancellation);
        return _point;
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        // Those of this attempt: should the store not answer until the next one has begun, its transaction is none to write into.
        var (transaction, point) = (Transaction, _point!);
        using var holding = transaction.Hold();
        await context.Store.WriteManifestAsync(context.Job, checkpoint, manifest, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        _asked = checkpoint;
        transaction.Commit(Progress(point, checkpoint), Shorter(LongestCommit), cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A transaction whose commit was asked for is committed or lost, and this process cannot tell which: the next attempt reads it. One
    /// that was not asked for is still open, and the next checkpoint covers it.
    /// </remarks>
    public ValueTask<bool> HasDecidedAsync(CheckpointName checkpoint, CancellationToken cancellation) => _asked == checkpoint
        ? throw new TransactionLostException(
            $"It is not known whether {checkpoint} was committed at Kafka {log.Servers}: the next attempt reads it in the topic "
                + $"'{log.ProgressTopic}'.")
        : ValueTask.FromResult(false);

    /// <inheritdoc/>
    /// <remarks>The store may have shut this process out before the other one has claimed the job: it takes a moment to do so.</remarks>
    public async ValueTask<string?> NameSuccessorAsync(CancellationToken cancellation)
    {
        for (var begun = Stopwatch.GetTimestamp(); _point is { } own && Stopwatch.GetElapsedTime(begun) < LongestClaim;)
        {
            if (Successor(own, cancellation) is { } other)
            {
                return other.Owner.ToString();
            }

            await Task.Delay(AskAgain, context.Time, cancellation).ConfigureAwait(false);
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Watch?.Dispose();
        Close();
    }

    private void Close()
    {
        var transaction = _transaction;
        (_transaction, _asked) = (null, null);
        transaction?.Dispose();
    }

    // A process that was fenced asks who did it, before it fences in its turn: two would shut each other out for ever.
    private void RefuseIfSuperseded(CancellationToken cancellation)
    {
        if (_point is { } own && Successor(own, cancellation) is { } progress)
        {
            throw new FencedException(
                $"Job '{context.Job}' goes on in {progress.Owner} since {progress.WrittenAt:u}, as attempt {progress.Attempt}: attempt "
                    + $"{own.Attempt}, in this process, "
                    + "was shut out and has done no harm.");
        }
    }

    private ProgressRecord? Successor(RecoveryPoint own, CancellationToken cancellation) =>
        log.ReadProgress(cancellation) is { } progress && progress.Attempt > own.Attempt && progress.Owner != _owner ? progress : null;

    private void Init(ITransactionProducer producer, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        while (producer.Init(CallTime) is { } error)
        {
            if (error.Code == ErrorCodes.InvalidTransactionTimeout)
            {
                var (wanted, allowed) = log.AskTimes();
                throw new ProgressException(
                    $"Kafka {log.Servers} does not allow transactions to be open for as long as this job needs: its "
                        + $"transaction.max.timeout.ms is {(allowed is null ? "" : $"{allowed}, ")}smaller than "
                        + $"{nameof(KafkaWriteOptions)}.{nameof(KafkaWriteOptions.TransactionTimeout)}"
                        + $"{(wanted is { } time ? $", which is {time:c} ({time.TotalMilliseconds:F0} ms) here" : "")}. Take checkpoints "
                        + "more often, set a shorter time-out, or raise the broker's.");
            }

            if (!error.IsRetriable || Stopwatch.GetElapsedTime(begun) > LongestInit)
            {
                throw KafkaClientException.Of(
                    $"Taking over the transactional id '{log.TransactionalId}'", log.Servers, error, principal: log.Principal);
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async ValueTask<CheckpointName?> DecidedAsync(
        ProgressRecord? progress, RecoveryPoint stored, CancellationToken cancellation)
    {
        if (progress is { Version: > ProgressRecord.NewestVersion })
        {
            throw new ProgressException(
                $"The progress of job '{context.Job}' in the topic '{log.ProgressTopic}' at Kafka {log.Servers} is of version "
                    + $"{progress.Version}, and this Weir reads up to "
                    + $"{ProgressRecord.NewestVersion}: a newer one has run the job. Run that one.");
        }

        if (progress?.Checkpoint is { } decided)
        {
            return stored.Candidates.Contains(decided) ? decided : throw new ProgressException(
                $"Job '{context.Job}' cannot go on: what it has written to Kafka {log.Servers} ends with {decided}, as the topic "
                    + $"'{log.ProgressTopic}' says, and {context.Store.Description} does not hold that checkpoint. From an older one "
                    + "records would be written twice. Restore the directory of checkpoints as a whole (JobOptions.CheckpointDirectory; "
                    + "without it they end with the process). To begin anew and have the output written again, delete the topic "
                    + $"'{log.ProgressTopic}' and all checkpoints, or give the job another name.");
        }

        if (progress?.Savepoint is { } savepoint && context.Savepoint is null)
        {
            throw new ProgressException(
                $"Job '{context.Job}' cannot begin with nothing: {progress.Owner} has claimed it at Kafka {log.Servers} on "
                    + $"{progress.WrittenAt:u} to begin with the savepoint '{savepoint}', and has not come to a checkpoint. What the "
                    + "savepoint stands for would be written again. Begin with it, or with another one (JobOptions.RestoreFrom). To have "
                    + $"all output written again from the beginning, delete the topic '{log.ProgressTopic}' and all checkpoints.");
        }

        // A claim without a checkpoint says that none was decided: those that the store holds came to nothing with their transactions.
        if (progress is not null || stored.Candidates.Count == 0)
        {
            return null;
        }

        // The savepoint may have been begun with long ago: then to begin with it again would double all that was written since.
        return context.Savepoint is not null
            && !await context.HasBegunWithSavepoint(stored.Candidates, cancellation).ConfigureAwait(false)
            ? null
            : throw new ProgressException(
                $"Job '{context.Job}' cannot go on: {context.Store.Description} holds {stored.Candidates[0]}, and the topic "
                    + $"'{log.ProgressTopic}' at Kafka {log.Servers} says nothing of what was written with it. If the job has not "
                    + "written to this cluster before, begin with a savepoint that it has not begun with yet (JobOptions.RestoreFrom). If "
                    + "somebody has deleted the topic, the output may hold records of any checkpoint: to have it written again from the "
                    + "beginning, delete the checkpoints, too, or give the job another name.");
    }

    // The store has seen fewer attempts than the topic: it is another one. Or somebody has begun while this process stood still: then the
    // store knows a newer attempt, and to raise it once more would shut that one out.
    private async ValueTask<RecoveryPoint> CatchUpAsync(
        ProgressRecord progress, RecoveryPoint stored, RunId newRun, CancellationToken cancellation)
    {
        await context.Store.CheckFenceAsync(context.Job, stored.Attempt, cancellation).ConfigureAwait(false);
        while (stored.Attempt <= progress.Attempt)
        {
            await context.Store.ReleaseAsync(context.Job, stored.Attempt).ConfigureAwait(false);
            stored = await context.Store.FenceAsync(context.Job, newRun, cancellation).ConfigureAwait(false);
            _point = stored;
        }

        return stored;
    }

    private ProgressRecord Progress(RecoveryPoint point, CheckpointName? checkpoint)
    {
        var savepoint = checkpoint is null ? context.Savepoint : null;
        return new ProgressRecord(
            ProgressRecord.VersionOf(savepoint),
            context.Job,
            point.RunId.ToString(),
            point.Attempt,
            checkpoint?.Attempt ?? 0,
            checkpoint?.Id.Value ?? 0,
            _owner,
            context.Time.GetUtcNow())
        {
            Savepoint = savepoint,
        };
    }

    // A little less than the call may take: what is said here is read, and not that the call has not answered.
    private TimeSpan Shorter(TimeSpan longest) =>
        context.CallTimeout == Timeout.InfiniteTimeSpan || context.CallTimeout > longest + CallTime ? longest : context.CallTimeout * 0.8;
}
