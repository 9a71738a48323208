namespace Weir.Runtime.Files.Reading;

/// <summary>A quoted field does not end where it should. The row is rejected up to the end of the line in which the quote opens, so that a
/// stray quote costs no row behind it.</summary>
/// <param name="message">How it does not end.</param>
internal sealed class OpenQuoteException(string message) : FormatException(message);
