namespace Weir;

/// <summary>
/// A checkpoint store cannot be used as it is: the message says why, where, and what to do. Trying again would fail again.
/// </summary>
/// <param name="message">What, where, and what to do.</param>
/// <param name="inner">What was found.</param>
public sealed class CheckpointStoreException(string message, Exception? inner = null) : IOException(message, inner), IPermanentFailure;
