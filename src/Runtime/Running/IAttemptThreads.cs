using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Running;

/// <summary>Where one attempt of a job is carried out: threads in production; in the simulator one thread and a seed.</summary>
/// <remarks>Disposed at the end of the attempt, before its subtasks are: nothing of it runs on into the next.</remarks>
internal interface IAttemptThreads : IAsyncDisposable
{
    /// <summary>Gets where what may block runs.</summary>
    IWorkPool Pool { get; }

    /// <summary>Prepares an attempt away from the caller's thread: listing, reading and restoring may block.</summary>
    Task<JobAttempt> PrepareAsync(Func<Task<JobAttempt>> prepare, CancellationToken cancellation);

    /// <summary>Steps the attempt until all of it is done, a step has failed, or the run is cancelled. Never faults.</summary>
    Task<ScheduleOutcome> RunAsync(JobAttempt attempt, CancellationToken cancellation);
}
