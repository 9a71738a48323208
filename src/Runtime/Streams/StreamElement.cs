namespace Weir.Runtime.Streams;

/// <summary>What a channel carries: a batch, or progress between batches.</summary>
/// <typeparam name="T">The records.</typeparam>
internal readonly record struct StreamElement<T>
{
    // A batch or a notice.
    private readonly object? _content;

    private StreamElement(ElementKind kind, object? content = null, Watermark watermark = default, long bytes = 0)
    {
        Kind = kind;
        _content = content;
        Watermark = watermark;
        Bytes = bytes;
    }

    /// <summary>The end of the channel: nothing follows.</summary>
    public static StreamElement<T> End => new(ElementKind.End);

    /// <summary>The mark behind all that was made of what a checkpoint held in flight.</summary>
    public static StreamElement<T> CaughtUp => new(ElementKind.CaughtUp);

    public ElementKind Kind { get; }

    /// <summary>The records, of a <see cref="ElementKind.Batch"/>. Owned by whoever holds the element.</summary>
    public Batch<T>? Batch => _content as Batch<T>;

    /// <summary>What the sender has to say, of a <see cref="ElementKind.Notice"/>.</summary>
    public Notice? Notice => _content as Notice;

    /// <summary>How much memory the records take, as their sender estimates it; 0 for all that is no batch.</summary>
    public long Bytes { get; }

    public Watermark Watermark { get; }

    public static StreamElement<T> Of(Batch<T> batch, long bytes = 0) => new(ElementKind.Batch, batch, bytes: bytes);

    public static StreamElement<T> Of(Watermark watermark) => new(ElementKind.Watermark, watermark: watermark);

    public static StreamElement<T> Of(Notice notice) => new(ElementKind.Notice, notice);

    public static StreamElement<T> OfIdle(bool isIdle) => new(isIdle ? ElementKind.Idle : ElementKind.Active);
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

    /// <summary>What one end of a channel tells the other; operators are not told.</summary>
    Notice,

    /// <summary>All that was made of what a checkpoint held in flight is in front of it.</summary>
    CaughtUp,

    /// <summary>The end.</summary>
    End,
}
