using System.Collections.Immutable;

namespace Weir;

/// <summary>A running job at one moment. Counts may be a batch old, and are of all attempts of this run.</summary>
/// <param name="Attempt">Which start of the job runs now; 0 while none does.</param>
/// <param name="RecordsIn">Records read from sources.</param>
/// <param name="RecordsOut">Records handed to sinks.</param>
/// <param name="Late">Records dropped because their window had fired.</param>
/// <param name="Skipped">Records left out because the user chose so: malformed or failed ones, and such as a full buffer dropped.</param>
/// <param name="Watermark">The least watermark of all subtasks: event time has passed it everywhere. Null before the first and at the end
/// of time.</param>
/// <param name="LastCheckpoint">The newest checkpoint that exists; null if there is none.</param>
/// <param name="Checkpoints">Checkpoints completed.</param>
/// <param name="RestoredFrom">The checkpoint that this run continued from; null if it started from nothing.</param>
/// <param name="Restarts">Restarts after failures.</param>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="Subtasks">Each subtask of the attempt.</param>
public sealed record JobProgress(
    long Attempt,
    long RecordsIn,
    long RecordsOut,
    long Late,
    long Skipped,
    DateTimeOffset? Watermark,
    CheckpointName? LastCheckpoint,
    int Checkpoints,
    CheckpointName? RestoredFrom,
    int Restarts,
    TimeSpan Elapsed,
    ImmutableArray<SubtaskProgress> Subtasks)
{
    /// <summary>Gets what the job does.</summary>
    public JobState State { get; init; }

    /// <summary>
    /// Gets the share of the checkpoint's bytes that has been read, 0 to 1, while an attempt verifies and restores it; null at other times,
    /// and before the size is known.
    /// </summary>
    public double? Restored { get; init; }

    /// <summary>Gets what the newest attempt that has failed failed with; null if none has.</summary>
    public Exception? LastFailure { get; init; }

    /// <summary>Gets how long it still waits before the next attempt; null but where it is <see cref="JobState.Restarting"/>.</summary>
    public TimeSpan? RestartIn { get; init; }

    /// <summary>Gets for how long sinks have been committing the newest checkpoint; null when they have committed it.</summary>
    public TimeSpan? Committing { get; init; }

    /// <summary>Gets how long ago the newest checkpoint of this run came into being; null if there was none yet.</summary>
    public TimeSpan? CheckpointAge { get; init; }
}
