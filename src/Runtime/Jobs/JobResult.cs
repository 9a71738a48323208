namespace Weir;

/// <summary>What a job did from its start in this process to the end of its sources, or until it was stopped.</summary>
/// <remarks>Counts are of all attempts of this run: records that were read again after a failure are counted again.</remarks>
/// <param name="RecordsIn">Records read from sources.</param>
/// <param name="RecordsOut">Records handed to sinks.</param>
/// <param name="Late">Records dropped because their window had fired.</param>
/// <param name="Skipped">Records left out because the user chose so: malformed or failed ones, and such as a full buffer dropped.</param>
/// <param name="Checkpoints">Checkpoints completed, the final one included.</param>
/// <param name="RestoredFrom">The checkpoint that this run continued from; null if it started from nothing.</param>
/// <param name="Restarts">Restarts after failures.</param>
/// <param name="Elapsed">Time from start to end.</param>
public sealed record JobResult(
    long RecordsIn,
    long RecordsOut,
    long Late,
    long Skipped,
    int Checkpoints,
    CheckpointName? RestoredFrom,
    int Restarts,
    TimeSpan Elapsed)
{
    /// <summary>
    /// Gets whether somebody stopped the job before its sources had ended. All that was read is committed; the next run goes on behind it.
    /// </summary>
    public bool IsStopped { get; init; }

    /// <summary>Gets the savepoint that was made of the last checkpoint; null if none was asked for.</summary>
    public string? SavepointDirectory { get; init; }
}
