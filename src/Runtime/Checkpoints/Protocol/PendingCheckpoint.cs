using System.Collections.Immutable;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Protocol;

/// <summary>How far a checkpoint has come that does not exist yet.</summary>
internal enum CheckpointPhase
{
    /// <summary>Not all subtasks have acknowledged.</summary>
    Collecting,

    /// <summary>All have; an older one is being decided.</summary>
    Waiting,

    /// <summary>The arbiter has been asked: from here on it may exist.</summary>
    Deciding,

    /// <summary>The arbiter's answer was lost, and the store is being asked.</summary>
    Asking,
}

/// <summary>A checkpoint under way.</summary>
/// <param name="Missing">The subtasks not yet heard from.</param>
/// <param name="Phase">How far it has come.</param>
/// <param name="IsFinal">Whether nothing is read behind it: at the end of all sources, or of a job that is stopped.</param>
/// <param name="Kind">Why it is taken.</param>
internal sealed record PendingCheckpoint(
    ImmutableSortedSet<SubtaskId> Missing, CheckpointPhase Phase, bool IsFinal, CheckpointKind Kind)
{
    /// <summary>Gets a value indicating whether it may exist, so that only the arbiter can say.</summary>
    public bool IsOpen => !IsCopy && Phase is (CheckpointPhase.Deciding or CheckpointPhase.Asking);

    /// <summary>
    /// Gets a value indicating whether it is a savepoint of a job that goes on: no recovery point, so that the arbiter is not asked, and
    /// nothing is committed by it (G4).
    /// </summary>
    public bool IsCopy => Kind == CheckpointKind.Savepoint && !IsFinal;
}
