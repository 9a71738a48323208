namespace Weir.Runtime.Streams;

/// <summary>The marker that cuts a stream for a checkpoint: what came before it is in the checkpoint, what follows is not.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="IsFinal">Whether nothing follows it but the end of the stream.</param>
public readonly record struct Barrier(CheckpointName Checkpoint, bool IsFinal);
