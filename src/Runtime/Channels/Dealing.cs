using Weir.Runtime.Streams;

namespace Weir.Runtime.Channels;

/// <summary>Which receivers get the records of a batch. No record is kept from one batch to the next.</summary>
/// <typeparam name="T">The records.</typeparam>
internal abstract class Dealing<T>
{
    /// <summary>Gets what estimates the memory of records.</summary>
    protected RecordSizes<T> Sizes { get; } = new();

    /// <summary>Writes records into channels.</summary>
    /// <returns>Whether every channel has taken what it was given; if not, it keeps it and is full.</returns>
    public abstract bool TryDeal(Batch<T> batch, Channel<T>[] channels);
}
