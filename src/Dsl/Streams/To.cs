using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Ends the stream in a sink.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="sink">Where the records go.</param>
    /// <returns>The end, to be given an id or a parallelism.</returns>
    public static StreamEnd To<T>(this Stream<T> source, ISink<T> sink)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(sink);
        return new StreamEnd(source.Job, source.Job.Graph.Add(new ToStage<T>(source.Output, sink)));
    }
}
