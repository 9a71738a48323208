namespace Weir;

/// <summary>A directory holds no savepoint that can be read. The message says what is there, and what is wrong with it.</summary>
public sealed class SavepointException : Exception, IPermanentFailure
{
    /// <summary>Makes one.</summary>
    /// <param name="message">Which savepoint, and what is wrong.</param>
    /// <param name="innerException">What was found.</param>
    public SavepointException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
