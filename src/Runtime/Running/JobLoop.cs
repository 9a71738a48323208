using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Running;

/// <summary>Runs attempts of a job, one after the other, until one comes to the end or the restart strategy gives up.</summary>
/// <param name="job">The job's name.</param>
/// <param name="run">The id of the life of the job that begins here, if the store knows of no attempt before.</param>
/// <param name="plan">What subtasks are built from.</param>
/// <param name="options">The job's options.</param>
/// <param name="store">Where checkpoints are kept.</param>
/// <param name="arbiter">Who decides which one is the recovery point.</param>
/// <param name="monitor">What is told of all of it.</param>
/// <param name="threads">Makes what each attempt runs on; null for the machine's threads.</param>
internal sealed class JobLoop(
    string job,
    RunId run,
    ISubtaskPlan plan,
    JobOptions options,
    ICheckpointStore store,
    ICheckpointArbiter arbiter,
    JobMonitor monitor,
    Func<IAttemptThreads>? threads = null)
{
    /// <summary>Gets what users ask of the job.</summary>
    public JobControl Control { get; init; } = new(job, options.TimeProvider, options.SavepointFiles);

    // Timers of .NET take 49 days at most: a longer delay is waited for in pieces.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Random _random = new(unchecked((int)options.TimeProvider.GetTimestamp() ^ (int)StableHash.Of(job)));
    private RestartStrategy _strategy = options.RestartStrategy;
    private RepeatedFailure _repeated = new(options.RepeatedFailureLimit);
    private StopPatience _patience;
    private Failure? _last;
    private int _restarts;
    private bool _isStopped;

    public async Task<JobResult> RunAsync(CancellationToken cancellation)
    {
        Exception? failure = null;
        try
        {
            return await RunToEndAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            failure = thrown;
            throw;
        }
        finally
        {
            Control.Requests.End();
            await plan.EndRunAsync(failure, text => monitor.On(new JobEvent.Warning(text, null))).ConfigureAwait(false);
        }
    }

    private async Task<JobResult> RunToEndAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var failure = await TryAsync(cancellation).ConfigureAwait(false);
            if (failure is null)
            {
                var result = monitor.Result() with
                {
                    IsStopped = _isStopped,
                    SavepointDirectory = Control.Requests.StoppedInto,
                };
                monitor.On(new JobEvent.Finished(result));
                return result;
            }

            // Whoever hears of the failure may ask for a stop before the wait has begun: that is not one that the attempt was to make.
            var wasStopping = Control.Requests.StopAsked.IsCompleted;
            _patience = !wasStopping ? default : failure.IsCut ? _patience : _patience.OnFailure(monitor.Elapsed);
            _last = failure;
            await WaitAsync(await JudgeAsync(failure, cancellation).ConfigureAwait(false), wasStopping, cancellation).ConfigureAwait(false);
            monitor.On(new JobEvent.Restarting(++_restarts));
        }
    }

    // Whoever asks for a stop meanwhile does not want to wait for it: the next attempt begins at once, to take the last checkpoint.
    // Whoever has asked before waits a little: what has failed just now may need it.
    private async ValueTask WaitAsync(TimeSpan delay, bool wasStopping, CancellationToken cancellation)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        delay = wasStopping && delay > StopPatience.LongestDelay ? StopPatience.LongestDelay : delay;
        for (; delay > TimeSpan.Zero; delay -= LongestWait)
        {
            var wait = Task.Delay(delay < LongestWait ? delay : LongestWait, options.TimeProvider, enough.Token);
            if (wasStopping)
            {
                await wait.ConfigureAwait(false);
            }
            else if (await Task.WhenAny(wait, Control.Requests.StopAsked).ConfigureAwait(false) != wait)
            {
                CancelHere(enough);
                break;
            }

            await wait.ConfigureAwait(false);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    // On this thread, as CancelAsync would not: the timer that ends is the simulator's.
    private static void CancelHere(CancellationTokenSource source) => source.Cancel();

    /// <summary>How long to wait before the next attempt. Throws if there will be none.</summary>
    private async ValueTask<TimeSpan> JudgeAsync(Failure failure, CancellationToken cancellation)
    {
        var isPermanent = FailureKinds.IsPermanent(failure.Exception);
        _repeated = _repeated.OnFailure(failure.Exception, monitor.LastCheckpoint);
        _strategy = _strategy.OnFailure(monitor.Elapsed, _random.NextDouble);
        if (isPermanent || _repeated.IsExceeded || !_strategy.MayRestart)
        {
            var next = FailureKinds.NextRun(options, monitor.LastCheckpoint, plan.Deciders.Count > 0);
            var successor = await SuccessorAsync(failure.Exception, cancellation).ConfigureAwait(false);
            var described = FailureKinds.Describe(
                job, failure.Where, failure.Exception, isPermanent, _repeated, _restarts, next, successor);
            monitor.On(new JobEvent.Failed(described, null));
            throw described;
        }

        if (failure.IsCut || _patience.IsExhausted(monitor.Elapsed))
        {
            var unstopped = FailureKinds.Unstopped(
                job,
                options,
                failure.Exception,
                _patience.Failures,
                monitor.LastCheckpoint,
                Control.Requests.StoppedInto,
                plan.Deciders.Count > 0);
            monitor.On(new JobEvent.Failed(unstopped, null));
            throw unstopped;
        }

        var delay = _strategy.Delay;
        monitor.On(new JobEvent.Failed(failure.Exception, delay));
        return delay;
    }

    // For a message: whatever keeps it from being known must not hide the failure.
    private async ValueTask<string?> SuccessorAsync(Exception failure, CancellationToken cancellation)
    {
        if (!FailureKinds.IsFenced(failure))
        {
            return null;
        }

        try
        {
            return await arbiter.NameSuccessorAsync(cancellation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // See above.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    /// <summary>
    /// One attempt from start to end; null if it came to the end of all sources. Whatever it held is let go when this returns.
    /// </summary>
    private async ValueTask<Failure?> TryAsync(CancellationToken cancellation)
    {
        ScheduleOutcome outcome;
        var own = threads?.Invoke() ?? new AttemptThreads(options.TimeProvider, monitor.On);
        try
        {
            JobAttempt? attempt = null;
            Exception? failure = null;
            try
            {
                attempt = await PrepareAsync(own, cancellation).ConfigureAwait(false);
                Begin(attempt);
                if (HasStoppedBefore(attempt))
                {
                    _isStopped = true;
                    return null;
                }

                outcome = await own.RunAsync(attempt, cancellation).ConfigureAwait(false);
                _isStopped = attempt.Coordinator.HasStopped;
                failure = outcome.Failure;
            }
            catch (Exception thrown)
            {
                failure = thrown;
                throw;
            }
            finally
            {
                // In this order: what is under way on the pool may still use sinks and store.
                await own.DisposeAsync().ConfigureAwait(false);
                monitor.End();
                Control.EndAttempt(failure);
                if (attempt is not null)
                {
                    await EndAsync(attempt).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (CutShortException)
        {
            return _last! with { IsCut = true };
        }
#pragma warning disable CA1031 // Whatever ends an attempt is judged by the restart strategy.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return new Failure(thrown, null);
        }

        if (outcome.IsCanceled)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return outcome.Failure is null ? null : new Failure(outcome.Failure, outcome.Failed?.Name);
    }

    private async ValueTask<JobAttempt> PrepareAsync(IAttemptThreads own, CancellationToken cancellation)
    {
        var watch = new PreparationWatch(options.CallLimit);
        var restore = new RestoreMeter();
        monitor.Prepare(restore);
        var context = new AttemptContext(job, run, plan, options, store, arbiter, own.Pool, monitor.On)
        {
            OnCall = watch.Begin,
            Restore = restore,
            Control = Control,
            OnCommitted = monitor.OnCommitted,
            Meter = monitor.Meter,
            IsRestart = _restarts > 0,
        };
        if (_restarts == 0)
        {
            return await LetPrepareAsync(cancellation).ConfigureAwait(false);
        }

        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var prepared = new CancellationTokenSource();
        var cutting = CutAsync(cut, prepared.Token);
        try
        {
            return await LetPrepareAsync(cut.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new CutShortException();
        }
        finally
        {
            CancelHere(prepared);
            await cutting.ConfigureAwait(false);
        }

        Task<JobAttempt> LetPrepareAsync(CancellationToken token) =>
            watch.WaitAsync(own.PrepareAsync(() => JobAttempt.PrepareAsync(context, token).AsTask(), token), token);
    }

    // Whoever has asked for a stop waits no longer for a restart that does not come to run.
    private async Task CutAsync(CancellationTokenSource cut, CancellationToken prepared)
    {
        var isPrepared = new TaskCompletionSource();
        using var listening = prepared.UnsafeRegister(static state => ((TaskCompletionSource)state!).SetResult(), isPrepared);
        if (await Task.WhenAny(isPrepared.Task, Control.Requests.StopAsked).ConfigureAwait(false) == isPrepared.Task)
        {
            return;
        }

        _patience = _patience.Begin(monitor.Elapsed);
        var left = _patience.Left(monitor.Elapsed);
        var wait = Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, options.TimeProvider, prepared);
        if (await Task.WhenAny(isPrepared.Task, wait).ConfigureAwait(false) == wait && wait.IsCompletedSuccessfully)
        {
            CancelHere(cut);
        }
    }

    // An earlier attempt stopped with a savepoint, and failed before all of it was committed. By now it is: the savepoint is the end.
    private bool HasStoppedBefore(JobAttempt attempt) =>
        !attempt.HasEndedBefore && Control.Requests.StoppedWith is { } last && attempt.RestoredFrom == last;

    private void Begin(JobAttempt attempt)
    {
        _patience = _patience.OnRunning();
        monitor.Begin(attempt);
        monitor.On(new JobEvent.Started(attempt.Number, attempt.RestoredFrom));
        if (attempt.HasEndedBefore && _restarts == 0)
        {
            monitor.On(new JobEvent.Warning(
                $"Job '{job}' continues from {attempt.RestoredFrom}, which an earlier run took when all its sources had ended. "
                    + "What has ended is not read again, and neither is a new list, channel or sequence in its place: only splits "
                    + "that are new are read. To read all from the beginning, give the job another name or another place for its "
                    + "checkpoints.",
                null));
        }
    }

    // What cannot be closed is not waited for either: a host that is being stopped has no time.
    private async ValueTask EndAsync(JobAttempt attempt)
    {
        try
        {
            await attempt.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(1), options.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            monitor.On(new JobEvent.Warning(
                $"Attempt {attempt.Number} of job '{job}' has not been closed within a second: something that it holds hangs.", null));
        }
    }

    private sealed record Failure(Exception Exception, string? Where)
    {
        /// <summary>Gets a value indicating whether the attempt behind it was cut short, as the job is to stop.</summary>
        public bool IsCut { get; init; }
    }

#pragma warning disable CA1032, CA1064 // It says one thing, and nobody outside of this class sees it.
    private sealed class CutShortException : Exception;
#pragma warning restore CA1032, CA1064
}
