using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Cuts all records of a stream into windows, without a key.</summary>
    /// <remarks>
    /// What ends the windowed stream runs in one subtask, however parallel the job is: it sees every record. Where records have a key,
    /// aggregate by key first, in windows as long, and then all keys' results.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream. Windows of event time need event times: call <c>WithEventTime</c> before.</param>
    /// <param name="window">How to cut.</param>
    /// <returns>The windowed stream, to be aggregated.</returns>
    public static WindowedStream<T, NoKey> WindowAll<T>(this Stream<T> source, WindowKind window)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(window);
        var stage = new KeyByStage<T, NoKey>(source.Output, static _ => default) { HasOneKey = true };
        source.Job.Graph.Add(stage);
        return new KeyedStream<T, NoKey>(source.Job, stage).Window(window);
    }
}
