namespace Weir;

/// <summary>An output cannot be written as it is: the message says why, where, and what to do. Writing again would fail again.</summary>
/// <param name="message">What, where, and what to do.</param>
/// <param name="inner">What was found.</param>
public sealed class SinkException(string message, Exception? inner = null) : Exception(message, inner), IPermanentFailure;
