namespace Weir;

/// <summary>A later attempt of the job has taken over: this one must stop, and has done no harm.</summary>
/// <param name="message">Who was fenced by whom, and where.</param>
public sealed class FencedException(string message) : Exception(message);
