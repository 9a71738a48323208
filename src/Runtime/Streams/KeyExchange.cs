namespace Weir.Runtime.Streams;

/// <summary>The sending side of a hash exchange: sends each record to the subtask that owns its key group.</summary>
/// <typeparam name="T">The records.</typeparam>
public abstract class KeyExchange<T> : Receiver
{
    /// <summary>Sends a record.</summary>
    /// <param name="value">The record.</param>
    /// <param name="time">Its event time; ignored when the stream has none.</param>
    /// <param name="stableHash">The <see cref="Codec{T}.StableHash"/> of its key.</param>
    public abstract void Add(in T value, long time, uint stableHash);

    /// <summary>The end of a batch: whatever is gathered may be sent.</summary>
    public abstract void Flush();
}
