using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Running;

/// <summary>The threads of an attempt in production: a worker a core, and the thread pool for what may block.</summary>
/// <param name="time">The clock.</param>
/// <param name="onEvent">What is told of calls that were left behind.</param>
internal sealed class AttemptThreads(TimeProvider time, Action<JobEvent> onEvent) : IAttemptThreads
{
    // Long enough for what heeds its cancellation, short enough for a host that is being stopped.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ThreadPoolWork _pool = new(Patience, time);

    public IWorkPool Pool => _pool;

    public Task<JobAttempt> PrepareAsync(Func<Task<JobAttempt>> prepare, CancellationToken cancellation) => Task.Run(prepare, cancellation);

    public Task<ScheduleOutcome> RunAsync(JobAttempt attempt, CancellationToken cancellation)
    {
        var scheduler = new ThreadScheduler(ThreadScheduler.WorkersFor(attempt.Subtasks.Count), time);
        _pool.Ended = scheduler.WakeAll;
        return scheduler.RunAsync(attempt.Steppers, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync().ConfigureAwait(false);
        foreach (var call in _pool.LeftBehind)
        {
            onEvent(new JobEvent.Warning(
                $"'{call}' does not answer and was left behind: the attempt ends without it. What it may still do is shut out by the "
                    + "next attempt.", null));
        }
    }
}
