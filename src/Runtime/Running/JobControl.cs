using Weir.Runtime.Checkpoints.Coordination;

namespace Weir.Runtime.Running;

/// <summary>What users ask of a running job, and its checkpoints so far: over all attempts.</summary>
/// <param name="job">The job's name.</param>
/// <param name="time">The job's clock.</param>
internal sealed class JobControl(string job, TimeProvider time)
{
    public CheckpointRequests Requests { get; } = new(job);

    public CheckpointHistory History { get; } = new(time);

    /// <summary>An attempt has ended, well or badly.</summary>
    /// <param name="failure">Why; null if all of it was done.</param>
    public void EndAttempt(Exception? failure)
    {
        History.EndAttempt();
        Requests.EndAttempt(failure);
    }
}
