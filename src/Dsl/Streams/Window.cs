namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Cuts each key's records into windows.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The keyed stream. It needs event times, if the windows do: call <c>WithEventTime</c> before
    /// <c>KeyBy</c>.</param>
    /// <param name="window">How to cut.</param>
    /// <returns>The windowed stream, to be aggregated.</returns>
    public static WindowedStream<T, TKey> Window<T, TKey>(this KeyedStream<T, TKey> source, WindowKind window)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(window);
        return new WindowedStream<T, TKey>(source, new WindowSpec<T>(window));
    }

    /// <summary>Cuts each key's records into windows that a record decides together with its time.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The keyed stream. It needs event times, if the windows do: call <c>WithEventTime</c> before
    /// <c>KeyBy</c>.</param>
    /// <param name="window">How to cut.</param>
    /// <returns>The windowed stream, to be aggregated.</returns>
    public static WindowedStream<T, TKey> Window<T, TKey>(this KeyedStream<T, TKey> source, WindowKind<T> window)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(window);
        return new WindowedStream<T, TKey>(source, new WindowSpec<T>(window));
    }

    /// <summary>Tells who forgot <c>KeyBy</c>; never compiles.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="window">How to cut.</param>
    /// <returns>Nothing.</returns>
    [Obsolete("Only a keyed stream has windows: call KeyBy first.", error: true)]
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public static WindowedStream<T, T> Window<T>(this Stream<T> source, WindowKind window) =>
        throw new NotSupportedException("Only a keyed stream has windows: call KeyBy first.");
}
