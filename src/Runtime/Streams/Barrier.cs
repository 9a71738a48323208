namespace Weir.Runtime.Streams;

/// <summary>The marker that cuts a stream for a checkpoint: what came before it is in the checkpoint, what follows is not.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="IsFinal">Whether nothing follows it but the end of the stream.</param>
public readonly record struct Barrier(CheckpointName Checkpoint, bool IsFinal)
{
    /// <summary>Gets why the checkpoint is taken.</summary>
    public CheckpointKind Kind { get; init; }

    /// <summary>Gets when it was begun: a timestamp of the job's clock.</summary>
    public long TriggeredAt { get; init; }

    /// <summary>
    /// Gets a value indicating whether it may never overtake records (F22): a savepoint holds none, and behind a final one none may follow.
    /// </summary>
    public bool MustAlign => IsFinal || Kind == CheckpointKind.Savepoint;
}
