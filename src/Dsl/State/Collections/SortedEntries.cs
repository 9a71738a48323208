using System.Buffers;

namespace Weir.Wire;

/// <summary>Entries of an unordered collection, encoded, and put into the order of their keys' bytes.</summary>
internal sealed class SortedEntries
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<(int Start, int KeyEnd, int End)> _entries = [];

    /// <summary>Gets the number of keys.</summary>
    public int Count => _entries.Count;

    /// <summary>Begins an entry.</summary>
    public void AddKey<TKey>(Codec<TKey> codec, TKey key)
    {
        var start = _bytes.WrittenCount;
        Write(codec, key);
        _entries.Add((start, _bytes.WrittenCount, _bytes.WrittenCount));
    }

    /// <summary>Gives the entry begun last a value.</summary>
    public void AddValue<TValue>(Codec<TValue> codec, TValue value)
    {
        Write(codec, value);
        _entries[^1] = _entries[^1] with { End = _bytes.WrittenCount };
    }

    /// <summary>Writes the entries in order.</summary>
    public void CopyTo(ref MessagePackWriter writer)
    {
        _entries.Sort((left, right) => Key(left).SequenceCompareTo(Key(right)));
        foreach (var (start, _, end) in _entries)
        {
            writer.WriteRaw(_bytes.WrittenSpan[start..end]);
        }
    }

    private ReadOnlySpan<byte> Key((int Start, int KeyEnd, int End) entry) => _bytes.WrittenSpan[entry.Start..entry.KeyEnd];

    private void Write<T>(Codec<T> codec, T value)
    {
        var writer = new MessagePackWriter(_bytes);
        codec.Write(ref writer, value);
        writer.Flush();
    }
}
