namespace Weir;

/// <summary>The streams that <c>Split</c> by a key made of one. Immutable.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class SplitStreams<T, TKey>
    where TKey : notnull
{
    private readonly IReadOnlyDictionary<TKey, (int Branch, Stream<T> Stream)> _streams;

    internal SplitStreams(Stream<T> rest, IReadOnlyDictionary<TKey, (int Branch, Stream<T> Stream)> streams)
    {
        Rest = rest;
        _streams = streams;
    }

    /// <summary>Gets the records of all other keys, in order.</summary>
    public Stream<T> Rest { get; }

    /// <summary>Gets the records of one of the values that <c>Split</c> was given, in order.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException"><c>Split</c> was not given it.</exception>
    public Stream<T> this[TKey value] => _streams.TryGetValue(value, out var found)
        ? found.Stream
        : throw new ArgumentException($"Split was not given the value '{value}'. Add it to the values, or take Rest.", nameof(value));
}
