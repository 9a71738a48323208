namespace Weir.RocksDbState;

/// <summary>
/// RocksDB cannot be used here at all: its library cannot be loaded, or its directory belongs to somebody else. The same again at each
/// start, so that the job fails for good.
/// </summary>
public sealed class StateDirectoryException : Exception, IPermanentFailure
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">What, where, and what to do.</param>
    /// <param name="cause">What it came to light by; null if there is nothing.</param>
    public StateDirectoryException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
