using System.Buffers;
using System.Buffers.Binary;

namespace Weir.RocksDbState.Stores;

/// <summary>Rows of bytes, one behind the other in one buffer: each a key and, where there is one, a value.</summary>
internal sealed class ByteRows
{
    private const int FirstRows = 16;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly HeadSort _sort = new();
    private Row[] _rows = [];

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the bytes of all rows.</summary>
    public long Bytes => _bytes.WrittenCount;

    /// <summary>Gets where the next row is written: first its key, then, behind <see cref="EndKey"/>, its value.</summary>
    public IBufferWriter<byte> Writer => _bytes;

    /// <summary>Gets or sets a number that comes with the row that is written next.</summary>
    public int Tag { get; set; }

    /// <summary>The key of the row is written.</summary>
    public void EndKey()
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Math.Max(FirstRows, 2 * Count));
        }

        var start = Count == 0 ? 0 : _rows[Count - 1].End;
        _rows[Count] = new Row(start, _bytes.WrittenCount, _bytes.WrittenCount, Tag);
    }

    /// <summary>The row is written.</summary>
    public void End()
    {
        _rows[Count] = _rows[Count] with { End = _bytes.WrittenCount };
        Count++;
    }

    /// <summary>Takes in all rows of others, behind its own.</summary>
    public void AddAll(ByteRows others)
    {
        for (var row = 0; row < others.Count; row++)
        {
            Tag = others.TagOf(row);
            _bytes.Write(others.Key(row));
            EndKey();
            _bytes.Write(others.Value(row));
            End();
        }
    }

    /// <summary>Drops what is written of a row that was not ended.</summary>
    public void Undo()
    {
        var end = Count == 0 ? 0 : _rows[Count - 1].End;
        var kept = _bytes.WrittenSpan[..end].ToArray();
        _bytes.ResetWrittenCount();
        _bytes.Write(kept);
    }

    /// <summary>The key of a row.</summary>
    public ReadOnlySpan<byte> Key(int row) => _bytes.WrittenSpan[_rows[row].Start.._rows[row].KeyEnd];

    /// <summary>Gets the bytes of all rows, one behind the other.</summary>
    public ReadOnlySpan<byte> All => _bytes.WrittenSpan;

    /// <summary>Where in <see cref="All"/> a row begins.</summary>
    public int StartOf(int row) => _rows[row].Start;

    /// <summary>The value of a row.</summary>
    public ReadOnlySpan<byte> Value(int row) => _bytes.WrittenSpan[_rows[row].KeyEnd.._rows[row].End];

    /// <summary>The number that came with a row.</summary>
    public int TagOf(int row) => _rows[row].Tag;

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        Count = 0;
    }

    /// <summary>The rows in order of their keys; of equal ones in the order in which they came. Valid until the next call.</summary>
    /// <remarks>
    /// They are sorted by the eight bytes behind what all keys begin with, as a number: keys of one namespace differ there nearly always.
    /// Only those that do not are compared byte by byte.
    /// </remarks>
    public ReadOnlySpan<int> Order()
    {
        var heads = _sort.Heads(Count);
        var common = Common();
        for (var i = 0; i < heads.Length; i++)
        {
            heads[i] = Head(Key(i)[common..]);
        }

        var order = _sort.Sort(Count, out var sorted);
        for (var (begin, end) = (0, 1); begin < order.Length; (begin, end) = (end, end + 1))
        {
            while (end < order.Length && sorted[end] == sorted[begin])
            {
                end++;
            }

            if (end - begin > 1)
            {
                order[begin..end].Sort(Compare);
            }
        }

        return order;
    }

    private static ulong Head(ReadOnlySpan<byte> key)
    {
        if (key.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(key);
        }

        Span<byte> head = stackalloc byte[sizeof(ulong)];
        head.Clear();
        key.CopyTo(head);
        return BinaryPrimitives.ReadUInt64BigEndian(head);
    }

    // How many bytes all keys begin with.
    private int Common()
    {
        var common = Count == 0 ? 0 : Key(0).Length;
        for (var i = 1; i < Count && common > 0; i++)
        {
            common = Math.Min(common, Key(i).CommonPrefixLength(Key(0)[..common]));
        }

        return common;
    }

    // By key and position: a total order, so that the unstable sort is stable.
    private int Compare(int left, int right)
    {
        var keys = Key(left).SequenceCompareTo(Key(right));
        return keys != 0 ? keys : left.CompareTo(right);
    }

    private readonly record struct Row(int Start, int KeyEnd, int End, int Tag);
}
