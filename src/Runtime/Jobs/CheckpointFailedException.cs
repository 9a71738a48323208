namespace Weir;

/// <summary>A checkpoint or savepoint that somebody asked for was refused or given up. The job goes on. The message says why.</summary>
public sealed class CheckpointFailedException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What, why, what to do.</param>
    /// <param name="innerException">The failure itself.</param>
    public CheckpointFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the checkpoint; null if none was begun.</summary>
    public JobCheckpoint? Checkpoint { get; init; }
}
