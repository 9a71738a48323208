namespace Weir.RocksDbState.Stores;

/// <summary>What is held while another thread than the subtask's reads a store, and while it is closed.</summary>
internal sealed class StoreGate
{
    /// <summary>Gets a value indicating whether the store is closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The store is closed from now on. With the gate held.</summary>
    public void Close() => IsClosed = true;

    /// <summary>Refuses to read what is closed.</summary>
    /// <exception cref="IOException">The attempt has ended.</exception>
    public void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw new IOException("The attempt ended before its state was written.");
        }
    }
}
