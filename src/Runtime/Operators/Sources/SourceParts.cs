using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Sources;

/// <summary>What the plan says of a source.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="Id">Its operator's id.</param>
/// <param name="WantsTimes">Whether records are to have the event times that it knows.</param>
/// <param name="Next">Who takes the records in.</param>
internal sealed record SourceParts<T>(string Id, bool WantsTimes, Receiver<T> Next)
{
    /// <summary>Gets what it puts out beside its records; null if nobody takes any of that.</summary>
    public SourceOutlets<T>? Outlets { get; init; }
}
