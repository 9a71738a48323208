namespace Weir.Runtime.Checkpoints.Protocol;

/// <summary>Why a checkpoint was given up.</summary>
internal enum CheckpointFailureReason
{
    /// <summary>A subtask could not take part: its snapshot could not be stored, or a barrier went astray.</summary>
    Declined,

    /// <summary>It took longer than the time-out.</summary>
    Expired,

    /// <summary>The manifest could not be written, and does not exist.</summary>
    ManifestNotStored,

    /// <summary>The savepoint could not be written. Counts for nothing: it is no recovery point, and its directory is the user's.</summary>
    SavepointNotStored,

    /// <summary>A newer one completed first. Counts for nothing.</summary>
    Subsumed,
}
