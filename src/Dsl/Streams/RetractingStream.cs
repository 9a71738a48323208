namespace Weir;

/// <summary>
/// A keyed stream cut into windows whose results say what they replace. Aggregate it to get a stream of <see cref="Change{T}"/>.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class RetractingStream<T, TKey>
{
    internal RetractingStream(KeyedStream<T, TKey> keyed, WindowSpec<T> windows)
    {
        Keyed = keyed;
        Windows = windows;
    }

    /// <summary>Gets the keyed stream.</summary>
    public KeyedStream<T, TKey> Keyed { get; }

    /// <summary>Gets how it is cut, when windows fire, and what becomes of late records.</summary>
    public WindowSpec<T> Windows { get; }

    // Changes cross exchanges as what they are changes of does.
    internal WindowedStream<T, TKey> Of<TOut>()
    {
        if (Codecs.Find<TOut>() is { } values && Codecs.Find<Change<TOut>>() is null)
        {
            Codecs.RegisterGenerated(new ChangeCodec<TOut>(values));
        }

        return new WindowedStream<T, TKey>(Keyed, Windows with { Retraction = new RetractionOf<TOut>() });
    }
}
