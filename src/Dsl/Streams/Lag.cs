namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>The most records that <c>Lag</c> looks back.</summary>
    internal const int MaxLag = 1024;

    /// <summary>Gives each record together with the one of its key that came so many records before it.</summary>
    /// <remarks>
    /// By order of arrival, whatever the event times. The result has the event time of the record. The first <paramref name="n"/> records
    /// of a key have none before them: they come as changes without an old value. The last <paramref name="n"/> records of each key are
    /// kept, for ever.
    /// </remarks>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="n">How many records before: from 1 to 1,024.</param>
    /// <returns>One change for each record, from the one before to it.</returns>
    public static Stream<Change<T>> Lag<T, TKey>(this KeyedStream<T, TKey> source, int n)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckLag(n);
        ChangeCodec<T>.Register();
        return source.Run(
            "Lag", () => new LagOfKey<TKey, T, Change<T>>(n, Change<T>.From, Change<T>.First), null);
    }

    /// <summary>Gives each record together with the one of its key before it.</summary>
    /// <inheritdoc cref="Lag{T, TKey}(KeyedStream{T, TKey}, int)"/>
    public static Stream<Change<T>> Lag<T, TKey>(this KeyedStream<T, TKey> source) => source.Lag(1);

    /// <summary>Makes a result of each record and the one of its key before it.</summary>
    /// <remarks>
    /// By order of arrival, whatever the event times. The result has the event time of the record. The first record of a key makes none:
    /// where it must, use <c>Lag(n)</c>. The last record of each key is kept, for ever.
    /// </remarks>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="result">Is given the record before, and the record now.</param>
    /// <returns>One result for each record that has one before it.</returns>
    /// <example><code>readings.KeyBy(r => r.Sensor).Lag((previous, now) => now.Value - previous.Value)</code></example>
    public static Stream<TOut> Lag<T, TKey, TOut>(this KeyedStream<T, TKey> source, [Deterministic] Func<T, T, TOut> result) =>
        source.Lag(1, result);

    /// <summary>Makes a result of each record and the one of its key that came so many records before it.</summary>
    /// <remarks>As the one with the record before. The first <paramref name="n"/> records of a key make no result.</remarks>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="n">How many records before: from 1 to 1,024.</param>
    /// <param name="result">Is given the record before, and the record now.</param>
    /// <returns>One result for each record that has one so many before it.</returns>
    public static Stream<TOut> Lag<T, TKey, TOut>(
        this KeyedStream<T, TKey> source, int n, [Deterministic] Func<T, T, TOut> result)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(result);
        CheckLag(n);
        return source.Run("Lag", () => new LagOfKey<TKey, T, TOut>(n, result, null), result);
    }

    private static void CheckLag(int n)
    {
        if (n is < 1 or > MaxLag)
        {
            throw new ArgumentOutOfRangeException(
                nameof(n), n, $"Lag looks back from 1 to {MaxLag} records, which it keeps for each key. For more, use KeyedProcess.");
        }
    }
}
