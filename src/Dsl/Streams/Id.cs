namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Names the operator before it, so that its state is found again after the pipeline has changed around it.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream whose last operator is named.</param>
    /// <param name="id">Unique in the job; letters, digits, <c>-</c>, <c>_</c> and <c>.</c></param>
    /// <returns>The same stream.</returns>
    public static Stream<T> Id<T>(this Stream<T> source, string id)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.Job.Graph.Name(source.OwnStage, id);
        return source;
    }

    /// <summary>Names the sink, so that its transactions are found again after the pipeline has changed around it.</summary>
    /// <param name="end">The end of a stream.</param>
    /// <param name="id">Unique in the job; letters, digits, <c>-</c>, <c>_</c> and <c>.</c></param>
    /// <returns>The same end.</returns>
    public static StreamEnd Id(this StreamEnd end, string id)
    {
        ArgumentNullException.ThrowIfNull(end);
        end.Job.Graph.Name(end.Stage, id);
        return end;
    }
}
