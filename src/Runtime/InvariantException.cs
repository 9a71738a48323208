namespace Weir.Runtime;

/// <summary>The runtime found itself in a state that cannot be. A bug of ours: never caught, never retried.</summary>
/// <param name="message">What cannot be.</param>
public sealed class InvariantException(string message) : Exception(message);
