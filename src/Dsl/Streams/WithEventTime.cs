using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Says when each record happened, and how far out of order records may come.</summary>
    /// <remarks>
    /// <para>The watermark of a split is the latest time seen − <paramref name="maxDisorder"/> − 1 µs (Flink: bounded out-of-orderness);
    /// that of the stream is the least of all splits. A time of kind <see cref="DateTimeKind.Unspecified"/> counts as UTC.</para>
    /// <para>The result of a window appears once the watermark has passed its end, and so not before every split has been begun, unless the
    /// source says that its splits are in order of time (<see cref="SplitOrder.InTimeOrder"/>; files: <c>AreInTimeOrder</c>). Watermarks
    /// are made once a batch: in a larger batch fewer records are late. Behind an exchange they are still made for each split.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="time">When the record happened.</param>
    /// <param name="maxDisorder">How much later than its successors a record may come without being late; not negative.</param>
    /// <returns>The same records, with event times.</returns>
    public static Stream<T> WithEventTime<T>(this Stream<T> source, [Deterministic] Func<T, DateTime> time, TimeSpan maxDisorder) =>
        WithTime(source, new EventTimeStage<T>(source?.Output!, time, static (f, value) =>
            EventTime.Of(((Func<T, DateTime>)f)(value)), maxDisorder));

    /// <summary>Says when each record happened, and how far out of order records may come.</summary>
    /// <inheritdoc cref="WithEventTime{T}(Stream{T}, Func{T, DateTime}, TimeSpan)"/>
    public static Stream<T> WithEventTime<T>(this Stream<T> source, [Deterministic] Func<T, DateTimeOffset> time, TimeSpan maxDisorder) =>
        WithTime(source, new EventTimeStage<T>(source?.Output!, time, static (f, value) =>
            EventTime.Of(((Func<T, DateTimeOffset>)f)(value)), maxDisorder));

    /// <summary>Says when each record happened, in microseconds since the Unix epoch, and how far out of order records may come.</summary>
    /// <inheritdoc cref="WithEventTime{T}(Stream{T}, Func{T, DateTime}, TimeSpan)"/>
    public static Stream<T> WithEventTime<T>(this Stream<T> source, [Deterministic] Func<T, long> time, TimeSpan maxDisorder) =>
        WithTime(source, new EventTimeStage<T>(source?.Output!, time, static (f, value) => ((Func<T, long>)f)(value), maxDisorder));

    private static Stream<T> WithTime<T>(Stream<T>? source, EventTimeStage<T> stage)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Then<T>(stage);
    }
}
