namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>A checkpoint is damaged: the one before it may be tried.</summary>
/// <param name="file">The file.</param>
/// <param name="reason">What is wrong with it.</param>
/// <param name="innerException">What was found first.</param>
internal sealed class UnusableCheckpointException(string file, string reason, Exception? innerException = null)
    : Exception($"{file}: {reason}", innerException);
