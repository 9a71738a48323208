namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>An attempt cannot go on because of its checkpoints. The next attempt recovers.</summary>
/// <param name="message">Which checkpoint, and why.</param>
/// <param name="innerException">What the store said last.</param>
internal sealed class CheckpointException(string message, Exception? innerException) : Exception(message, innerException);
