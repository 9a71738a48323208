namespace Weir.Runtime.Rows;

/// <summary>A source or sink needs a row format that the generator has not written.</summary>
/// <param name="message">Which, and why it may be missing.</param>
public sealed class MissingRowFormatException(string message) : InvalidOperationException(message), IPermanentFailure;
