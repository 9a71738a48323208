namespace Weir;

/// <summary>How far a checkpoint has come.</summary>
public enum CheckpointState
{
    /// <summary>It does not exist yet.</summary>
    UnderWay,

    /// <summary>It exists.</summary>
    Completed,

    /// <summary>It was given up: <see cref="JobCheckpoint.Failure"/> says why.</summary>
    Failed,
}

/// <summary>A checkpoint of a running job, as its history tells it. Durations are those of the job's clock.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Why it was taken.</param>
/// <param name="IsFinal">Whether nothing was read after it: at the end of all sources, or when the job was stopped.</param>
/// <param name="TriggeredAt">When it was begun.</param>
public sealed record JobCheckpoint(CheckpointName Name, CheckpointKind Kind, bool IsFinal, DateTimeOffset TriggeredAt)
{
    /// <summary>Gets how far it has come.</summary>
    public CheckpointState State { get; init; }

    /// <summary>Gets the time from its trigger to its end; up to now while it is under way.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Gets the longest phases over all subtasks that have acknowledged it.</summary>
    public CheckpointPhases Phases => Subtasks.Aggregate(default(CheckpointPhases), (all, subtask) => Longest(all, subtask.Phases));

    /// <summary>
    /// Gets the time from the moment that it existed until all sinks had committed what was written before it; null until they have.
    /// </summary>
    public TimeSpan? Commit { get; init; }

    /// <summary>Gets the bytes of state that subtasks have acknowledged, with those of the manifest when it is there.</summary>
    public long StateBytes { get; init; }

    /// <summary>Gets the bytes of records in flight that are part of it.</summary>
    public long InFlightBytes => Subtasks.Sum(subtask => subtask.InFlightBytes);

    /// <summary>Gets what each subtask did for it, in the order of their names; those that have not acknowledged are missing.</summary>
    public IReadOnlyList<SubtaskCheckpoint> Subtasks { get; init; } = [];

    /// <summary>Gets the number of subtasks that must acknowledge.</summary>
    public int SubtaskCount { get; init; }

    /// <summary>Gets why it was given up; null if it was not.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets the subtask that it failed at, or that had not acknowledged when time was up; null if none is to blame.</summary>
    public string? FailedSubtask { get; init; }

    /// <summary>Gets where the savepoint is; null for a checkpoint, and until it is complete.</summary>
    public string? SavepointDirectory { get; init; }

    private static CheckpointPhases Longest(CheckpointPhases left, CheckpointPhases right) => new(
        Longest(left.StartDelay, right.StartDelay),
        Longest(left.Alignment, right.Alignment),
        Longest(left.Sync, right.Sync),
        Longest(left.Async, right.Async));

    private static TimeSpan Longest(TimeSpan left, TimeSpan right) => left > right ? left : right;
}

/// <summary>What a subtask did for a checkpoint.</summary>
/// <param name="Subtask">Its name: chain and number.</param>
/// <param name="Phases">What its time went into.</param>
/// <param name="StateBytes">The bytes of its state.</param>
/// <param name="InFlightBytes">The bytes of records that the barrier overtook on their way to it.</param>
public sealed record SubtaskCheckpoint(string Subtask, CheckpointPhases Phases, long StateBytes, long InFlightBytes);
