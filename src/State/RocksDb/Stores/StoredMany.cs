using System.Buffers;

namespace Weir.RocksDbState.Stores;

/// <summary>Values that were read at once, one for each key that was asked for, or none.</summary>
internal sealed class StoredMany
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private readonly List<(int Start, int Length)> _values = [];

    /// <summary>Gets how many keys were asked for.</summary>
    public int Count => _values.Count;

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _values.Clear();
    }

    /// <summary>The next key has a value.</summary>
    public void Add(ReadOnlySpan<byte> value)
    {
        _values.Add((_bytes.WrittenCount, value.Length));
        _bytes.Write(value);
    }

    /// <summary>The next key has none.</summary>
    public void AddNone() => _values.Add((0, -1));

    /// <summary>The value of a key.</summary>
    /// <param name="index">Which of those that were asked for.</param>
    /// <param name="value">Its value, until they are forgotten.</param>
    /// <returns>Whether it has one.</returns>
    public bool TryGet(int index, out ReadOnlyMemory<byte> value)
    {
        var (start, length) = _values[index];
        value = length < 0 ? default : _bytes.WrittenMemory.Slice(start, length);
        return length >= 0;
    }
}
