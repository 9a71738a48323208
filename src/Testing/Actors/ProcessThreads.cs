using Weir.Runtime.Running;
using Weir.Runtime.Scheduling;

namespace Weir.Testing.Actors;

/// <summary>Carries out one attempt within the turns of a simulated process.</summary>
/// <param name="process">The process.</param>
internal sealed class ProcessThreads(SimulatedProcess process) : IAttemptThreads
{
    private readonly SimulatedWorkPool _pool = new();
    private readonly TaskCompletionSource<ScheduleOutcome> _outcome = new();

    public IWorkPool Pool => _pool;

    public SimulatedWorkPool Works => _pool;

    /// <summary>Gets the attempt, once it is prepared.</summary>
    public JobAttempt? Attempt { get; private set; }

    public SimulatedScheduler? Scheduler { get; private set; }

    public Task<JobAttempt> PrepareAsync(Func<Task<JobAttempt>> prepare, CancellationToken cancellation) => prepare();

    public Task<ScheduleOutcome> RunAsync(JobAttempt attempt, CancellationToken cancellation)
    {
        Attempt = attempt;
        Scheduler = process.Schedule(attempt, _pool);
        return _outcome.Task;
    }

    /// <summary>The attempt has come to its end: the job's loop goes on at once, on this thread.</summary>
    public void End(Exception? failure)
    {
        Scheduler = null;
        _outcome.SetResult(failure is null ? ScheduleOutcome.AllDone : new ScheduleOutcome(null, failure, false));
    }

    public ValueTask DisposeAsync()
    {
        Scheduler = null;
        _pool.Close();
        return ValueTask.CompletedTask;
    }
}
