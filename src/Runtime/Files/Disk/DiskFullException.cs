namespace Weir.Runtime.Files.Disk;

/// <summary>A disk is full. Trying again fills it again, and hides from the user that there is something to do.</summary>
/// <param name="message">Which disk, and what to do.</param>
/// <param name="inner">What the operating system said.</param>
internal sealed class DiskFullException(string message, Exception? inner) : IOException(message, inner), IPermanentFailure;
