namespace Weir.Runtime.Streams;

/// <summary>What a channel carries: a batch, or progress between batches.</summary>
/// <typeparam name="T">The records.</typeparam>
internal readonly record struct StreamElement<T>
{
    private readonly Barrier _barrier;

    private StreamElement(ElementKind kind, Batch<T>? batch, Watermark watermark, Barrier barrier, long bytes = 0)
    {
        Kind = kind;
        Batch = batch;
        Watermark = watermark;
        _barrier = barrier;
        Bytes = bytes;
    }

    /// <summary>The end of the channel: nothing follows.</summary>
    public static StreamElement<T> End => new(ElementKind.End, null, default, default);

    public ElementKind Kind { get; }

    /// <summary>The records, of a <see cref="ElementKind.Batch"/>. Owned by whoever holds the element.</summary>
    public Batch<T>? Batch { get; }

    /// <summary>How much memory the records take, as their sender estimates it; 0 for all that is no batch.</summary>
    public long Bytes { get; }

    public Watermark Watermark { get; }

    public Barrier Barrier => _barrier;

    public static StreamElement<T> Of(Batch<T> batch, long bytes = 0) => new(ElementKind.Batch, batch, default, default, bytes);

    public static StreamElement<T> Of(Watermark watermark) => new(ElementKind.Watermark, null, watermark, default);

    public static StreamElement<T> Of(Barrier barrier) => new(ElementKind.Barrier, null, default, barrier);

    public static StreamElement<T> OfIdle(bool isIdle) => new(isIdle ? ElementKind.Idle : ElementKind.Active, null, default, default);
}

/// <summary>The kinds of <see cref="StreamElement{T}"/>.</summary>
internal enum ElementKind
{
    /// <summary>Records.</summary>
    Batch,

    /// <summary>A watermark.</summary>
    Watermark,

    /// <summary>The channel is not to be waited for.</summary>
    Idle,

    /// <summary>The channel is to be waited for again.</summary>
    Active,

    /// <summary>A checkpoint's barrier.</summary>
    Barrier,

    /// <summary>The end.</summary>
    End,
}
