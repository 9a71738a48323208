using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Weir;

/// <summary>Appends MessagePack values to a buffer. Integers and lengths take their shortest form, so equal values have equal bytes.</summary>
/// <remarks>Format: https://github.com/msgpack/msgpack/blob/master/spec.md. Call <see cref="Flush"/> when done.</remarks>
/// <param name="output">Where to.</param>
public ref struct MessagePackWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;
    private Span<byte> _span;
    private int _used;

    /// <summary>Writes nil.</summary>
    public void WriteNil() => Reserve(1)[0] = 0xc0;

    /// <summary>Writes a truth value.</summary>
    /// <param name="value">The value.</param>
    public void Write(bool value) => Reserve(1)[0] = value ? (byte)0xc3 : (byte)0xc2;

    /// <summary>Writes a whole number in its shortest form.</summary>
    /// <param name="value">The value.</param>
    public void Write(long value)
    {
        switch (value)
        {
            case >= 0:
                Write((ulong)value);
                break;
            case >= -32:
                Reserve(1)[0] = (byte)value;
                break;
            case >= sbyte.MinValue:
                var one = Reserve(2);
                one[0] = 0xd0;
                one[1] = (byte)value;
                break;
            case >= short.MinValue:
                var two = Reserve(3);
                two[0] = 0xd1;
                BinaryPrimitives.WriteInt16BigEndian(two[1..], (short)value);
                break;
            case >= int.MinValue:
                var four = Reserve(5);
                four[0] = 0xd2;
                BinaryPrimitives.WriteInt32BigEndian(four[1..], (int)value);
                break;
            default:
                var eight = Reserve(9);
                eight[0] = 0xd3;
                BinaryPrimitives.WriteInt64BigEndian(eight[1..], value);
                break;
        }
    }

    /// <summary>Writes a whole number in its shortest form.</summary>
    /// <param name="value">The value.</param>
    public void Write(ulong value)
    {
        switch (value)
        {
            case < 0x80:
                Reserve(1)[0] = (byte)value;
                break;
            case <= byte.MaxValue:
                var one = Reserve(2);
                one[0] = 0xcc;
                one[1] = (byte)value;
                break;
            case <= ushort.MaxValue:
                var two = Reserve(3);
                two[0] = 0xcd;
                BinaryPrimitives.WriteUInt16BigEndian(two[1..], (ushort)value);
                break;
            case <= uint.MaxValue:
                var four = Reserve(5);
                four[0] = 0xce;
                BinaryPrimitives.WriteUInt32BigEndian(four[1..], (uint)value);
                break;
            default:
                var eight = Reserve(9);
                eight[0] = 0xcf;
                BinaryPrimitives.WriteUInt64BigEndian(eight[1..], value);
                break;
        }
    }

    /// <summary>Writes a single-precision number, bit by bit.</summary>
    /// <param name="value">The value.</param>
    public void Write(float value)
    {
        var span = Reserve(5);
        span[0] = 0xca;
        BinaryPrimitives.WriteSingleBigEndian(span[1..], value);
    }

    /// <summary>Writes a double-precision number, bit by bit.</summary>
    /// <param name="value">The value.</param>
    public void Write(double value)
    {
        var span = Reserve(9);
        span[0] = 0xcb;
        BinaryPrimitives.WriteDoubleBigEndian(span[1..], value);
    }

    /// <summary>Writes a text; null as nil. A surrogate that has lost its partner becomes U+FFFD, as UTF-8 cannot hold it.</summary>
    /// <param name="value">The value.</param>
    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNil();
            return;
        }

        var size = Encoding.UTF8.GetByteCount(value);
        WriteHeader(size, 0xa0, 32, 0xd9, 0xda, 0xdb);

        // Room may flush and begin at nought again, so it comes before the sum that reads _used.
        var room = Room(size);
        _used += Encoding.UTF8.GetBytes(value, room);
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="value">The value.</param>
    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        WriteHeader(value.Length, 0, 0, 0xc4, 0xc5, 0xc6);
        value.CopyTo(Room(value.Length));
        _used += value.Length;
    }

    /// <summary>Writes the head of an array; its items follow.</summary>
    /// <param name="count">The number of items.</param>
    public void WriteArrayHeader(int count) => WriteHeader(count, 0x90, 16, 0, 0xdc, 0xdd);

    /// <summary>Writes the head of a map; its keys and values follow, in turn.</summary>
    /// <param name="count">The number of pairs.</param>
    public void WriteMapHeader(int count) => WriteHeader(count, 0x80, 16, 0, 0xde, 0xdf);

    /// <summary>Copies bytes that are MessagePack already.</summary>
    /// <param name="encoded">One or more whole values.</param>
    public void WriteRaw(scoped ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(Room(encoded.Length));
        _used += encoded.Length;
    }

    /// <summary>Hands what was written to the buffer.</summary>
    public void Flush()
    {
        _output.Advance(_used);
        _span = default;
        _used = 0;
    }

    private void WriteHeader(int count, byte shortForm, int shortLimit, byte form8, byte form16, byte form32)
    {
        if (count < shortLimit)
        {
            Reserve(1)[0] = (byte)(shortForm | count);
        }
        else if (form8 != 0 && count <= byte.MaxValue)
        {
            var span = Reserve(2);
            span[0] = form8;
            span[1] = (byte)count;
        }
        else if (count <= ushort.MaxValue)
        {
            var span = Reserve(3);
            span[0] = form16;
            BinaryPrimitives.WriteUInt16BigEndian(span[1..], (ushort)count);
        }
        else
        {
            var span = Reserve(5);
            span[0] = form32;
            BinaryPrimitives.WriteInt32BigEndian(span[1..], count);
        }
    }

    private Span<byte> Reserve(int size)
    {
        var room = Room(size);
        _used += size;
        return room;
    }

    private Span<byte> Room(int size)
    {
        if (_span.Length - _used < size)
        {
            Flush();
            _span = _output.GetSpan(Math.Max(size, 256));
        }

        return _span[_used..];
    }
}
