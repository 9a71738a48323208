namespace Weir;

/// <summary>A sequence has failed that cannot be read again, or is not the one that a checkpoint knows: a restart would not help.</summary>
internal sealed class SequenceException(string message, Exception? inner = null) : Exception(message, inner), IPermanentFailure;
