namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>
    /// Lets windows say with each result which one it replaces: results are <see cref="Change{T}"/>, so that a sink can upsert or take
    /// back.
    /// </summary>
    /// <remarks>
    /// The first result of a key and window has no old value. Where sessions that have fired become one, the next result replaces that of
    /// the earliest, and those of the others are taken back at once, without a new value.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <returns>The windowed stream, to be aggregated.</returns>
    /// <exception cref="InvalidOperationException">Its results are discarding.</exception>
    public static RetractingStream<T, TKey> Retracting<T, TKey>(this WindowedStream<T, TKey> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Windows.Results == WindowResults.Discarding
            ? throw new InvalidOperationException(
                $"The windows behind '{source.Keyed.Stage.Id}' discard what they have put out: there is nothing to take back. Call either "
                    + "Discarding or Retracting.")
            : new RetractingStream<T, TKey>(source.Keyed, source.Windows with { Results = WindowResults.Retracting });
    }
}
