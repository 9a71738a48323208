using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Gives the best records of each key and window, the best first.</summary>
    /// <remarks>
    /// The best is the one with the greatest value; of equal ones the one that came first. Texts are compared by their characters, not by a
    /// culture. All of a window's records have the last microsecond of the window as event time, and come one behind the other. The
    /// <paramref name="n"/> best records of each key and open window are kept.
    /// </remarks>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TBy">What is compared.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="n">How many: from 1 to 10,000.</param>
    /// <param name="by">What records are ranked by, the greatest first.</param>
    /// <returns>At most so many records for each key and window, whenever the window fires.</returns>
    /// <example><code>sales.KeyBy(s => s.Shop).Window(Tumbling.Of(day)).TopN(3, s => s.Amount)</code></example>
    public static Stream<T> TopN<T, TKey, TBy>(this WindowedStream<T, TKey> source, int n, [Deterministic] Func<T, TBy> by) =>
        source.TopN(n, by, static (_, _, _, record) => record);

    /// <summary>Makes results of the best records of each key and window, the best first.</summary>
    /// <remarks>As the one without a function. The order and the event times are the same.</remarks>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TBy">What is compared.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="n">How many: from 1 to 10,000.</param>
    /// <param name="by">What records are ranked by, the greatest first.</param>
    /// <param name="result">Makes a result of the key, the window, the rank, from 1, and the record.</param>
    /// <returns>At most so many results for each key and window, whenever the window fires.</returns>
    public static Stream<TOut> TopN<T, TKey, TBy, TOut>(
        this WindowedStream<T, TKey> source,
        int n,
        [Deterministic] Func<T, TBy> by,
        [Deterministic] Func<TKey, TimeWindow, int, T, TOut> result)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(result);
        TopCodec<T>.Register();
        var rankings = source.Job.Then<TOut[]>(new AggregateStage<T, TKey, Top<T>, IReadOnlyList<T>, TOut[]>(
            source.Keyed.Stage,
            source.Windows,
            new TopAggregate<T, TBy>(RankingOf(n, by)),
            (key, window, ranked) => [.. ranked.Select((record, index) => result(key, window, index + 1, record))],
            "TopN"));
        return rankings.Then<TOut>(
            new SelectManyStage<TOut[], TOut>(rankings.Output, static ranking => ranking, "Ranks") { Owner = rankings.Stage });
    }
}
