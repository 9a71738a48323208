namespace Weir.RocksDbState.Stores;

/// <summary>A buffer that a value is read into, used again for the next.</summary>
internal sealed class StoredBytes
{
    private byte[] _bytes = new byte[256];
    private int _length;

    /// <summary>Gets what was read last.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <summary>Takes bytes in.</summary>
    public void Set(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length)
        {
            _bytes = new byte[Math.Max(bytes.Length, 2 * _bytes.Length)];
        }

        bytes.CopyTo(_bytes);
        _length = bytes.Length;
    }
}
