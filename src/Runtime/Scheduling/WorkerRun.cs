namespace Weir.Runtime.Scheduling;

/// <summary>What the workers of one run share: whether to stop, why, and who is left.</summary>
/// <param name="workers">How many there are.</param>
/// <param name="time">The clock of the steppers' deadlines.</param>
/// <param name="cancellation">Cancels the run.</param>
internal sealed class WorkerRun(int workers, TimeProvider time, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<ScheduleOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ScheduleOutcome? _failure;
    private int _running = workers;
    private int _unfinished;

    public Task<ScheduleOutcome> Outcome => _outcome.Task;

    public TimeProvider Time => time;

    public bool IsStopping => Volatile.Read(ref _failure) is not null || cancellation.IsCancellationRequested;

    /// <summary>Gets what wakes the other workers, so that they see that the run is over.</summary>
    public required Action WakeAll { get; init; }

    /// <summary>Notes the failure if it is the first; the other workers stop after their present step.</summary>
    public void Fail(IStepper stepper, Exception failure)
    {
        Interlocked.CompareExchange(ref _failure, new ScheduleOutcome(stepper, failure, false), null);
        WakeAll();
    }

    /// <summary>A worker has left; the last one ends the run.</summary>
    public void Leave(bool isFinished)
    {
        if (!isFinished)
        {
            Volatile.Write(ref _unfinished, 1);
        }

        if (Interlocked.Decrement(ref _running) == 0)
        {
            _outcome.SetResult(_failure ?? (_unfinished == 0 ? ScheduleOutcome.AllDone : new ScheduleOutcome(null, null, true)));
        }
    }
}
