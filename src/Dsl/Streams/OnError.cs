using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Says what becomes of records that the function before it throws on. Belongs right behind its verb.</summary>
    /// <remarks>
    /// Of <c>Where</c>, <c>Select</c>, <c>SelectMany</c> and <c>WithEventTime</c>: their functions treat each record by itself. A record
    /// that fails gives nothing, whatever the function had made of it before. What does not come of the record is never left out:
    /// cancellations, a lack of memory, bugs of Weir.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream whose last operator is meant.</param>
    /// <param name="records">What becomes of them.</param>
    /// <returns>The same stream.</returns>
    /// <exception cref="ArgumentException">The operator treats more than one record at a time, or keeps something.</exception>
    /// <example><code>lines.Select(line => Parse(line)).OnError(FailedRecords.Skip)</code></example>
    public static Stream<T> OnError<T>(this Stream<T> source, FailedRecords records)
    {
        ArgumentNullException.ThrowIfNull(source);
        ErrorPolicy.Set(source.OwnStage, records);
        return source;
    }

    /// <summary>Takes the records that the function before it throws on. Belongs right behind its verb.</summary>
    /// <remarks>
    /// As <see cref="OnError{T}(Stream{T}, FailedRecords)"/>, but nothing is left out: each record is in the results or in this stream,
    /// exactly once. It keeps its event time, and must end in a sink, as every stream.
    /// </remarks>
    /// <typeparam name="T">The records that the function takes.</typeparam>
    /// <typeparam name="TOut">The records.</typeparam>
    /// <param name="source">The stream whose last operator is meant.</param>
    /// <param name="failed">The records that failed.</param>
    /// <returns>The same stream.</returns>
    /// <exception cref="ArgumentException">
    /// The operator treats more than one record at a time, or keeps something; or it takes records of another type.
    /// </exception>
    /// <example><code>lines.Select(line => Parse(line)).OnError(out Stream&lt;FailedRecord&lt;string&gt;&gt; failed)</code></example>
    public static Stream<TOut> OnError<T, TOut>(this Stream<TOut> source, out Stream<FailedRecord<T>> failed)
    {
        ArgumentNullException.ThrowIfNull(source);
        failed = new Stream<FailedRecord<T>>(source.Job, ErrorPolicy.SideOf<T>(source.OwnStage));
        return source;
    }

    /// <summary>Says what becomes of records whose key cannot be told: the function throws, or the key is null.</summary>
    /// <remarks>The function is asked twice for each record: before the exchange, and in it.</remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The stream that <c>KeyBy</c> gave.</param>
    /// <param name="records">What becomes of them.</param>
    /// <returns>The same stream.</returns>
    public static KeyedStream<T, TKey> OnError<T, TKey>(this KeyedStream<T, TKey> source, FailedRecords records)
    {
        ArgumentNullException.ThrowIfNull(source);
        ErrorPolicy.Set(TryKeyStage<T, TKey>.InFrontOf(source), records);
        return source;
    }

    /// <summary>Takes the records whose key cannot be told: the function throws, or the key is null.</summary>
    /// <inheritdoc cref="OnError{T, TKey}(KeyedStream{T, TKey}, FailedRecords)"/>
    /// <param name="source">The stream that <c>KeyBy</c> gave.</param>
    /// <param name="failed">The records that failed.</param>
    public static KeyedStream<T, TKey> OnError<T, TKey>(this KeyedStream<T, TKey> source, out Stream<FailedRecord<T>> failed)
    {
        ArgumentNullException.ThrowIfNull(source);
        failed = new Stream<FailedRecord<T>>(source.Job, ErrorPolicy.SideOf<T>(TryKeyStage<T, TKey>.InFrontOf(source)));
        return source;
    }
}
