namespace Weir;

/// <summary>
/// A source or sink that holds something for as long as its job runs, over all attempts, and wants to know when that ends.
/// </summary>
/// <remarks>For what one attempt holds, readers and writers are disposed. A restart after a failure ends an attempt, and not the
/// run.</remarks>
public interface IRunScoped
{
    /// <summary>
    /// The run has ended: nothing of it reads or writes any more. Called once a run, also if it failed before anything was opened. What it
    /// throws becomes a warning of the job.
    /// </summary>
    /// <param name="failure">Why it ended: null at the end of all sources, an <see cref="OperationCanceledException"/> if it was stopped,
    /// what it failed with for good otherwise.</param>
    /// <returns>Done when everything has been let go.</returns>
    ValueTask EndRunAsync(Exception? failure);
}
