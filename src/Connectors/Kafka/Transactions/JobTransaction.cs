using System.Diagnostics;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Telemetry;

namespace Weir.KafkaLog.Transactions;

/// <summary>
/// The one open transaction of a job at a cluster. All its sinks write into it, from several threads; the arbiter commits it when nobody
/// writes.
/// </summary>
/// <remarks>
/// <para>It begins with the first record, or with the decision. A checkpoint that is given up leaves it open: the next one that completes
/// covers its records, too. Any error that is not retriable in a commit loses it; then nothing but a new attempt helps.</para>
/// <para>An attempt that fails does not wait for a call that does not answer, and the next one closes what it held. The client must not be
/// ended under a call of its own: then whoever makes the call ends it.</para>
/// </remarks>
internal sealed class JobTransaction(
    ITransactionProducer producer,
    string servers,
    string principal,
    TransactionFigures? figures = null,
    TransactionActivity? activity = null) : IDisposable
{
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AbortTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastAbortTime = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private volatile bool _isOpen;
    private volatile Loss? _lost;
    private long _begun;
    private int _calls;
    private bool _isClosed;

    /// <summary>Gets what sinks write with.</summary>
    public ITransactionProducer Producer => producer;

    /// <summary>Gets how long the transaction has been open; null if none is.</summary>
    public TimeSpan? Age => _isOpen ? Stopwatch.GetElapsedTime(Volatile.Read(ref _begun)) : null;

    /// <summary>Begins a call of the producer that may take long; the result ends it.</summary>
    /// <exception cref="TransactionLostException">The attempt has ended.</exception>
    public IDisposable Hold()
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                throw new TransactionLostException(
                    $"This attempt writes no more to Kafka {servers}: it has ended, and another one has begun.");
            }

            _calls++;
            return new Holding(this);
        }
    }

    /// <summary>Ends the attempt at the cluster: what is open is given up, so that readers of the topics need not wait for it.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            if (_calls > 0)
            {
                return;
            }
        }

        End();
    }

    /// <summary>Makes sure that a transaction is open, before a record is written. Any thread.</summary>
    /// <exception cref="TransactionLostException">It is lost.</exception>
    public void Enter()
    {
        if (!_isOpen)
        {
            Begin();
        }
    }

    /// <summary>Makes sure that a transaction is open, before records are written. Any thread.</summary>
    /// <param name="topic">Their topic; null if they say it.</param>
    /// <param name="records">How many.</param>
    /// <returns>What they are written in, where that is traced.</returns>
    /// <exception cref="TransactionLostException">It is lost.</exception>
    public Activity? Enter(string? topic, int records)
    {
        Enter();
        return activity?.Add(topic, records);
    }

    /// <summary>Says that the transaction is lost.</summary>
    public TransactionLostException Lose(string what, KafkaError error)
    {
        if (Interlocked.CompareExchange(ref _lost, new Loss(Cause(what, error), Refusals.IsOfRights(error.Code)), null) is null)
        {
            figures?.OnLost(error);
            activity?.End(TransactionFigures.OutcomeOf(error), error);
        }

        _isOpen = false;
        return _lost.ToException();
    }

    /// <summary>Commits what was written, and the progress with it.</summary>
    /// <param name="progress">What the progress topic says from then on.</param>
    /// <param name="budget">How long a commit is tried.</param>
    /// <param name="cancellation">Stops the tries: then nobody knows whether it was committed.</param>
    public void Commit(ProgressRecord progress, TimeSpan budget, CancellationToken cancellation)
    {
        using var holding = Hold();
        Enter();
        if (producer.WriteProgress(progress) is { } refused)
        {
            Abort(refused);
            throw Lose("Writing the progress of the job", refused);
        }

        activity?.OnCommit(progress.Checkpoint?.ToString());
        var begun = Stopwatch.GetTimestamp();
        while (producer.Commit(CallTime) is { } error)
        {
            if (!error.IsRetriable)
            {
                figures?.OnCommit(begun, error);
                Abort(error);
                throw Lose($"The commit of {progress.Checkpoint?.ToString() ?? "the claim"}", error);
            }

            if (cancellation.IsCancellationRequested || Stopwatch.GetElapsedTime(begun) > budget)
            {
                figures?.OnCommit(begun, error);

                // No other call is allowed now: the next attempt asks the topic what has become of it.
                throw Lose($"The commit of {progress.Checkpoint?.ToString() ?? "the claim"}, tried for "
                    + $"{Stopwatch.GetElapsedTime(begun).TotalSeconds:F0} s,", error);
            }
        }

        figures?.OnCommit(begun, null);
        activity?.End("committed");
        _isOpen = false;
    }

    private void Begin()
    {
        lock (_lock)
        {
            if (_lost is not null)
            {
                throw _lost.ToException();
            }

            if (!_isOpen)
            {
                if (producer.Begin() is { } error)
                {
                    throw Lose("The beginning of a transaction", error);
                }

                Volatile.Write(ref _begun, Stopwatch.GetTimestamp());
                _isOpen = true;
            }
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            if (--_calls > 0 || !_isClosed)
            {
                return;
            }
        }

        End();
    }

    private void End()
    {
        if (_isOpen)
        {
            _ = producer.Abort(LastAbortTime);
            figures?.OnGivenUp();
            activity?.End("aborted");
        }

        producer.Dispose();
    }

    // Politely, so that readers of the topics need not wait until the broker notices.
    private void Abort(KafkaError error)
    {
        if (!error.IsFatal)
        {
            _ = producer.Abort(AbortTime);
        }
    }

    private string Cause(string what, KafkaError error) =>
        error.IsFenced
        ? $"{what} at Kafka {servers} was refused ({error.Name}): the transaction had been open for longer than its time-out, or another "
            + "process has begun with "
            + "the same job. Its records have not become visible; they come again behind the newest checkpoint."
        : $"{what} at Kafka {servers} failed: {error}. Its records have not become visible; they come again behind the newest checkpoint."
            + Refusals.Advice(error, principal);

    private sealed record Loss(string Cause, bool IsForGood)
    {
        public TransactionLostException ToException() =>
            IsForGood ? new TransactionRefusedException(Cause) : new TransactionLostException(Cause);
    }

    private sealed class Holding(JobTransaction transaction) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (!_isOver)
            {
                _isOver = true;
                transaction.Release();
            }
        }
    }
}
