namespace Weir;

/// <summary>
/// A source that knows when each of its records happened. <c>WithEventTime</c> without a function takes these times: then
/// <see cref="SourceContext.WantsTimes"/> is true, and readers fill batches by <see cref="Batch{T}.Add(T, long)"/>.
/// </summary>
public interface ITimedSource
{
    /// <summary>Gets what the times are, for people: <c>the timestamp of each message</c>.</summary>
    string TimeOfRecords { get; }
}
