namespace Weir;

/// <summary>
/// A source that knows of itself whether it ever ends. A job that reads one without end is warned at its start if its checkpoints are kept
/// in memory, where nothing of them outlives the process.
/// </summary>
public interface IEndlessSource
{
    /// <summary>Gets a value indicating whether the source goes on until the job is stopped.</summary>
    bool IsEndless { get; }
}
