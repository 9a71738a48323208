using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Running;

/// <summary>The threads of an attempt in production: a worker a core, and the thread pool for what may block.</summary>
/// <param name="time">The job's clock.</param>
internal sealed class AttemptThreads(TimeProvider time) : IAttemptThreads
{
    private readonly ThreadPoolWork _pool = new();

    public IWorkPool Pool => _pool;

    public Task<JobAttempt> PrepareAsync(Func<Task<JobAttempt>> prepare, CancellationToken cancellation) => Task.Run(prepare, cancellation);

    public Task<ScheduleOutcome> RunAsync(JobAttempt attempt, CancellationToken cancellation)
    {
        var scheduler = new ThreadScheduler(ThreadScheduler.WorkersFor(attempt.Subtasks.Count), time);
        _pool.Ended = scheduler.WakeAll;
        return scheduler.RunAsync(attempt.Steppers, cancellation);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
