using System.Buffers.Binary;
using RocksDbSharp;

namespace Weir.RocksDbState.Stores;

/// <summary>Changes in the bytes that RocksDB keeps a batch in: one call a batch instead of one a change.</summary>
/// <remarks>
/// The form is that of RocksDB's log (db/write_batch.cc): a sequence number, how many changes there are, and of each its kind, the number
/// of its column family, its key, and its value or the key behind the last. Numbers and lengths are varints.
/// </remarks>
internal sealed class ChangeBatch
{
    private const int HeaderBytes = 12;
    private const int CountAt = 8;
    private const byte OfDeletion = 0x4;
    private const byte OfValue = 0x5;
    private const byte OfRangeDeletion = 0xE;
    private const int MostVarintBytes = 5;

    private byte[] _bytes = new byte[64 << 10];
    private int _length = HeaderBytes;
    private uint _count;

    /// <summary>Gets a value indicating whether there is no change.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>The number of a column family, which the package does not tell: a batch with a change of it does.</summary>
    public static uint IdOf(ColumnFamilyHandle family)
    {
        using var batch = new WriteBatch();
        batch.Put([0], [0], family);
        var bytes = batch.ToBytes();
        if (bytes[HeaderBytes] != OfValue)
        {
            throw new InvalidDataException("RocksDB's batches have another form than this version of Weir.RocksDb writes.");
        }

        var (id, shift, at) = (0u, 0, HeaderBytes + 1);
        do
        {
            id |= (bytes[at] & 0x7Fu) << shift;
            shift += 7;
        }
        while ((bytes[at++] & 0x80) != 0);

        return id;
    }

    /// <summary>Puts an entry.</summary>
    public void Put(uint column, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Add(OfValue, column, key, value, hasSecond: true);

    /// <summary>Deletes an entry.</summary>
    public void Delete(uint column, ReadOnlySpan<byte> key) => Add(OfDeletion, column, key, default, hasSecond: false);

    /// <summary>Deletes a range.</summary>
    public void DeleteRange(uint column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) =>
        Add(OfRangeDeletion, column, from, to, hasSecond: true);

    /// <summary>RocksDB's own, of these changes.</summary>
    public WriteBatch ToNative()
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(CountAt), _count);
        return new WriteBatch(_bytes, _length);
    }

    /// <summary>Forgets the changes.</summary>
    public void Clear() => (_length, _count) = (HeaderBytes, 0);

    private void Add(byte kind, uint column, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, bool hasSecond)
    {
        var most = _length + 1 + (3 * MostVarintBytes) + first.Length + second.Length;
        if (most > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(most, 2 * _bytes.Length));
        }

        _bytes[_length++] = kind;
        AddNumber(column);
        AddText(first);
        if (hasSecond)
        {
            AddText(second);
        }

        _count++;
    }

    private void AddText(ReadOnlySpan<byte> text)
    {
        AddNumber((uint)text.Length);
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    private void AddNumber(uint number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            _bytes[_length++] = (byte)(number | 0x80);
        }

        _bytes[_length++] = (byte)number;
    }
}
