using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    private const string NoDisorder =
        "Say how late records may come: WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5)), or Watermarks.Ascending if each "
            + "comes in its turn.";

    /// <summary>Says when each record happened, and how far out of order records may come.</summary>
    /// <remarks>
    /// <para>The watermark of a split is the latest time seen − <paramref name="maxDisorder"/> − 1 µs (Flink: bounded out-of-orderness);
    /// that of the stream is the least of all splits. A time of kind <see cref="DateTimeKind.Unspecified"/> counts as UTC.</para>
    /// <para>When results appear: the result of a window comes once the watermark has passed its end, and is visible in a transactional
    /// sink with the next checkpoint. So it comes when every split that is being read has delivered a record of that much later, and not
    /// before every split has been begun, unless the source says that its splits are in order of time
    /// (<see cref="SplitOrder.InTimeOrder"/>; files: <c>AreInTimeOrder</c>). One split that says nothing holds all results back, whatever
    /// the parallelism: <c>IdleAfter</c> says for how long. The clock alone never makes a result of event time appear: the last windows
    /// stay open until a later record comes or the input ends.</para>
    /// <para>Watermarks are made once a batch: in a larger batch fewer records are late. Behind an exchange they are still made for each
    /// split.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="time">When the record happened.</param>
    /// <param name="maxDisorder">How much later than its successors a record may come without being late; not negative.</param>
    /// <returns>The same records, with event times.</returns>
    public static Stream<T> WithEventTime<T>(this Stream<T> source, [Deterministic] Func<T, DateTime> time, TimeSpan maxDisorder) =>
        source.WithEventTime(time, Watermarks.BoundedDisorder(maxDisorder));

    /// <summary>Says when each record happened, and how far out of order records may come.</summary>
    /// <inheritdoc cref="WithEventTime{T}(Stream{T}, Func{T, DateTime}, TimeSpan)"/>
    public static Stream<T> WithEventTime<T>(this Stream<T> source, [Deterministic] Func<T, DateTimeOffset> time, TimeSpan maxDisorder) =>
        source.WithEventTime(time, Watermarks.BoundedDisorder(maxDisorder));

    /// <summary>Says when each record happened, in microseconds since the Unix epoch, and how far out of order records may come.</summary>
    /// <inheritdoc cref="WithEventTime{T}(Stream{T}, Func{T, DateTime}, TimeSpan)"/>
    public static Stream<T> WithEventTime<T>(this Stream<T> source, [Deterministic] Func<T, long> time, TimeSpan maxDisorder) =>
        source.WithEventTime(time, Watermarks.BoundedDisorder(maxDisorder));

    /// <summary>Says when each record happened, and how watermarks are made of that.</summary>
    /// <remarks>
    /// See <see cref="WithEventTime{T}(Stream{T}, Func{T, DateTime}, TimeSpan)"/> for when results appear.
    /// <see cref="Watermarks"/> says what each strategy promises and costs.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="time">When the record happened.</param>
    /// <param name="watermarks">Of event times alone: <see cref="Watermarks.Ascending"/>, <see cref="Watermarks.BoundedDisorder"/>.</param>
    /// <returns>The same records, with event times.</returns>
    /// <example><code>orders.WithEventTime(o => o.At, Watermarks.Ascending)</code></example>
    public static Stream<T> WithEventTime<T>(
        this Stream<T> source, [Deterministic] Func<T, DateTime> time, WatermarkStrategy watermarks) =>
        WithTime(source, new EventTimeStage<T>(source?.Output!, time, TimeOfDateTime, watermarks));

    /// <inheritdoc cref="WithEventTime{T}(Stream{T}, Func{T, DateTime}, WatermarkStrategy)"/>
    public static Stream<T> WithEventTime<T>(
        this Stream<T> source, [Deterministic] Func<T, DateTimeOffset> time, WatermarkStrategy watermarks) =>
        WithTime(source, new EventTimeStage<T>(source?.Output!, time, TimeOfDateTimeOffset, watermarks));

    /// <inheritdoc cref="WithEventTime{T}(Stream{T}, Func{T, DateTime}, WatermarkStrategy)"/>
    public static Stream<T> WithEventTime<T>(
        this Stream<T> source, [Deterministic] Func<T, long> time, WatermarkStrategy watermarks) =>
        WithTime(source, new EventTimeStage<T>(source?.Output!, time, TimeOfMicroseconds, watermarks));

    /// <summary>Takes the times that the source knows as event times, and says how far out of order records may come.</summary>
    /// <remarks>
    /// Of sources that know when their records happened (<see cref="ITimedSource"/>): of Kafka it is the timestamp of the message. Belongs
    /// right behind <c>From</c>, with the parallelism of the source. A record without a time there is a malformed one. See
    /// <see cref="WithEventTime{T}(Stream{T}, Func{T, DateTime}, TimeSpan)"/> for when results appear.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream that <c>From</c> gave.</param>
    /// <param name="maxDisorder">How much later than its successors a record may come without being late; not negative.</param>
    /// <returns>The same records, with event times.</returns>
    /// <exception cref="ArgumentException">The stream does not come straight from such a source.</exception>
    public static Stream<T> WithEventTime<T>(this Stream<T> source, TimeSpan maxDisorder) =>
        source.WithEventTime(Watermarks.BoundedDisorder(maxDisorder));

    /// <summary>Takes the times that the source knows as event times, and says how watermarks are made of that.</summary>
    /// <inheritdoc cref="WithEventTime{T}(Stream{T}, TimeSpan)"/>
    /// <param name="source">The stream that <c>From</c> gave.</param>
    /// <param name="watermarks">Of event times alone: <see cref="Watermarks.Ascending"/>, <see cref="Watermarks.BoundedDisorder"/>.</param>
    public static Stream<T> WithEventTime<T>(this Stream<T> source, WatermarkStrategy watermarks)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(watermarks);
        if (source.Output.Name is not null || source.Stage is not FromStage<T> { Source: ITimedSource timed } from)
        {
            throw new ArgumentException(
                $"WithEventTime without a function takes the times that a source knows, but '{source.Stage.Id}' knows none. Write it right "
                    + "behind From of such a source, or say when a record happened: WithEventTime(o => o.At, …).",
                nameof(source));
        }

        from.WantsTimes = true;
        return source.Then<T>(new EventTimeStage<T>(source.Output, timed.TimeOfRecords, watermarks));
    }

    /// <summary>Says when each record happened, and which records promise that nothing older follows.</summary>
    /// <inheritdoc cref="Watermarks.Punctuated"/>
    /// <param name="source">The stream.</param>
    /// <param name="time">When the record happened.</param>
    /// <param name="watermark">
    /// Of a record and its event time, the time at or before which no record of its split follows; null if the record says nothing of that.
    /// </param>
    /// <returns>The same records, with event times.</returns>
    /// <example><code>orders.WithEventTime(o => o.At, watermark: (o, at) => o.IsEndOfDay ? at : null)</code></example>
    public static Stream<T> WithEventTime<T>(
        this Stream<T> source, [Deterministic] Func<T, DateTime> time, [Deterministic] Func<T, DateTime, DateTime?> watermark) =>
        source.WithEventTime(time, Watermarks.Punctuated(watermark));

    /// <summary>Says when each record happened, and what makes watermarks of the records.</summary>
    /// <remarks>
    /// See <see cref="WithEventTime{T}(Stream{T}, Func{T, DateTime}, TimeSpan)"/> for when results appear. Costs a call a record.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="time">When the record happened.</param>
    /// <param name="watermarks">A generator of your own, or <see cref="Watermarks.Punctuated"/>.</param>
    /// <returns>The same records, with event times.</returns>
    public static Stream<T> WithEventTime<T>(
        this Stream<T> source, [Deterministic] Func<T, DateTime> time, WatermarkGenerator<T> watermarks) =>
        WithTime(source, new EventTimeStage<T>(source?.Output!, time, TimeOfDateTime, watermarks));

    /// <inheritdoc cref="WithEventTime{T}(Stream{T}, Func{T, DateTime}, WatermarkGenerator{T})"/>
    public static Stream<T> WithEventTime<T>(
        this Stream<T> source, [Deterministic] Func<T, DateTimeOffset> time, WatermarkGenerator<T> watermarks) =>
        WithTime(source, new EventTimeStage<T>(source?.Output!, time, TimeOfDateTimeOffset, watermarks));

    /// <inheritdoc cref="WithEventTime{T}(Stream{T}, Func{T, DateTime}, WatermarkGenerator{T})"/>
    public static Stream<T> WithEventTime<T>(
        this Stream<T> source, [Deterministic] Func<T, long> time, WatermarkGenerator<T> watermarks) =>
        WithTime(source, new EventTimeStage<T>(source?.Output!, time, TimeOfMicroseconds, watermarks));

    /// <summary>Tells who has said nothing of the disorder; never compiles.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TTime">The type of the time.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="time">When the record happened.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(NoDisorder, error: true)]
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public static Stream<T> WithEventTime<T, TTime>(this Stream<T> source, Func<T, TTime> time) =>
        throw new NotSupportedException(NoDisorder);

    private static Stream<T> WithTime<T>(Stream<T>? source, EventTimeStage<T> stage)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Then<T>(stage);
    }

    private static long TimeOfDateTime<T>(Delegate time, T value) => EventTime.Of(((Func<T, DateTime>)time)(value));

    private static long TimeOfDateTimeOffset<T>(Delegate time, T value) => EventTime.Of(((Func<T, DateTimeOffset>)time)(value));

    private static long TimeOfMicroseconds<T>(Delegate time, T value) => ((Func<T, long>)time)(value);
}
