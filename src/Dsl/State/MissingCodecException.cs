namespace Weir;

/// <summary>A type crosses an exchange or enters state, and the generator has not written a codec for it.</summary>
/// <param name="message">Which, and what to do.</param>
public sealed class MissingCodecException(string message) : InvalidOperationException(message), IPermanentFailure;
