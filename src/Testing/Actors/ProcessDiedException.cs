namespace Weir.Testing;

/// <summary>
/// Unwinds the stack of a simulated process that has just died. Whoever catches it can do no harm: every file operation throws it again.
/// </summary>
/// <param name="message">How it died.</param>
public sealed class ProcessDiedException(string message) : Exception(message);
