namespace Weir;

/// <summary>A job has failed for good. The message says what failed, where, and what to do.</summary>
public sealed class JobException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What, where, what to do.</param>
    /// <param name="innerException">The failure itself.</param>
    public JobException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
