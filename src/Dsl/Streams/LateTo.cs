using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Takes the records that come after their window has fired, which are otherwise dropped and counted.</summary>
    /// <remarks>
    /// A late record keeps its event time (semantics R4). The late stream has the watermarks of the results: windows behind it that are no
    /// longer than these find its records late again, unless <c>WithEventTime</c> is called on it anew. It must end in a sink, as every
    /// stream.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="late">The late records. They are there once the stream that is returned has been aggregated.</param>
    /// <returns>The windowed stream to be aggregated, once.</returns>
    /// <exception cref="InvalidOperationException">Its late records go somewhere already.</exception>
    /// <example><code>var totals = sales.KeyBy(s => s.Shop).Window(hours).LateTo(out var late).Aggregate(g => …);
    /// late.To(Files.JsonLines&lt;Sale&gt;("late"));</code></example>
    public static WindowedStream<T, TKey> LateTo<T, TKey>(this WindowedStream<T, TKey> source, out Stream<T> late)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Windows.Late is not null)
        {
            throw new InvalidOperationException(
                $"The late records of the windows behind '{source.Keyed.Stage.Id}' go to a stream already. Call LateTo once for each "
                    + "Window.");
        }

        var output = new StageOutput<T>("late");
        late = new Stream<T>(source.Keyed.Job, output);
        return new WindowedStream<T, TKey>(source.Keyed, source.Windows with { Late = output });
    }
}
