namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>The most records that <c>TopN</c> keeps for each key, or key and window.</summary>
    internal const int MaxTop = 10_000;

    /// <summary>Tells, for each key, how the set of its best records changes: which one comes in, and which one it puts out.</summary>
    /// <remarks>
    /// <para>A change for each record that is among the <paramref name="n"/> best of its key so far: without an old value until there are
    /// <paramref name="n"/>, and from there on with the record that is among them no more. So whoever takes the old one out and puts the
    /// new one in has the best records at any time. The best is the one with the greatest value; of equal ones the one that came first.
    /// Texts are compared by their characters, not by a culture.</para>
    /// <para>The change has the event time of the record. The <paramref name="n"/> best records of each key are kept, for ever.</para>
    /// </remarks>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TBy">What is compared.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="n">How many: from 1 to 10,000.</param>
    /// <param name="by">What records are ranked by, the greatest first.</param>
    /// <returns>The changes, in order.</returns>
    /// <example><code>scores.KeyBy(s => s.Game).TopN(10, s => s.Points)</code></example>
    public static Stream<Change<T>> TopN<T, TKey, TBy>(this KeyedStream<T, TKey> source, int n, [Deterministic] Func<T, TBy> by)
    {
        ArgumentNullException.ThrowIfNull(source);
        var ranking = RankingOf(n, by);
        TopCodec<T>.Register();
        ChangeCodec<T>.Register();
        return source.Run("TopN", () => new TopOfKey<TKey, T, TBy>(ranking), by);
    }

    private static Ranking<T, TBy> RankingOf<T, TBy>(int n, Func<T, TBy> by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return n is >= 1 and <= MaxTop
            ? new Ranking<T, TBy>(n, by)
            : throw new ArgumentOutOfRangeException(nameof(n), n, $"TopN ranks from 1 to {MaxTop} records, which it keeps.");
    }
}
