namespace Weir.Runtime.Running;

/// <summary>What kinds of checkpoints are called in metrics and activities.</summary>
internal static class CheckpointKinds
{
    /// <summary>The name of the kind of a checkpoint; of one of which nothing is known it is that of most.</summary>
    public static string NameOf(JobCheckpoint? checkpoint) => checkpoint?.Kind switch
    {
        CheckpointKind.Manual => "manual",
        CheckpointKind.Savepoint => "savepoint",
        CheckpointKind.Final => "final",
        _ => "periodic",
    };
}
