namespace Weir;

/// <summary>
/// An input cannot be read as it is: the message says what is wrong with it, where, and what to do. Reading again would fail again.
/// </summary>
/// <param name="message">What, where, and what to do.</param>
/// <param name="inner">What was found.</param>
public sealed class SourceException(string message, Exception? inner = null) : Exception(message, inner), IPermanentFailure;
