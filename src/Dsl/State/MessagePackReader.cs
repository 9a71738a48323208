using System.Buffers.Binary;
using System.Text;

namespace Weir;

/// <summary>Reads MessagePack values in the order they were written. Accepts every form of a number that the format allows.</summary>
/// <param name="input">One or more whole values.</param>
public ref struct MessagePackReader(ReadOnlySpan<byte> input)
{
    private readonly ReadOnlySpan<byte> _input = input;

    /// <summary>Gets the number of bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Gets a value indicating whether everything has been read.</summary>
    public readonly bool IsAtEnd => Position == _input.Length;

    /// <summary>Reads a nil if one comes next.</summary>
    /// <returns>Whether it did.</returns>
    public bool TryReadNil()
    {
        if (Peek() != 0xc0)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Reads a truth value.</summary>
    /// <returns>The value.</returns>
    public bool ReadBoolean() => Take(1)[0] switch
    {
        0xc2 => false,
        0xc3 => true,
        var code => throw Unexpected(code, "a truth value"),
    };

    /// <summary>Reads a whole number.</summary>
    /// <returns>The value.</returns>
    public long ReadInt64()
    {
        var code = Take(1)[0];
        return code switch
        {
            < 0x80 => code,
            >= 0xe0 => (sbyte)code,
            0xcc => Take(1)[0],
            0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            0xcf => BinaryPrimitives.ReadInt64BigEndian(Take(8)) is >= 0 and var value ? value : throw Outside(long.MinValue, long.MaxValue),
            0xd0 => (sbyte)Take(1)[0],
            0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            _ => throw Unexpected(code, "a whole number"),
        };
    }

    /// <summary>Reads a whole number that may be larger than <see cref="long.MaxValue"/>.</summary>
    /// <returns>The value.</returns>
    public ulong ReadUInt64()
    {
        if (Peek() != 0xcf)
        {
            return (ulong)ReadInt64(0, long.MaxValue);
        }

        Position++;
        return BinaryPrimitives.ReadUInt64BigEndian(Take(8));
    }

    /// <summary>Reads a whole number that fits 32 bits.</summary>
    /// <returns>The value.</returns>
    public int ReadInt32() => (int)ReadInt64(int.MinValue, int.MaxValue);

    /// <summary>Reads a whole number that must lie within bounds.</summary>
    /// <param name="least">The least value allowed.</param>
    /// <param name="greatest">The greatest value allowed.</param>
    /// <returns>The value.</returns>
    public long ReadInt64(long least, long greatest) =>
        ReadInt64() is var value && value >= least && value <= greatest ? value : throw Outside(least, greatest);

    /// <summary>Reads a single-precision number.</summary>
    /// <returns>The value.</returns>
    public float ReadSingle() => Take(1)[0] is var code && code == 0xca
        ? BinaryPrimitives.ReadSingleBigEndian(Take(4))
        : throw Unexpected(code, "a single-precision number");

    /// <summary>Reads a double-precision number.</summary>
    /// <returns>The value.</returns>
    public double ReadDouble() => Take(1)[0] is var code && code == 0xcb
        ? BinaryPrimitives.ReadDoubleBigEndian(Take(8))
        : throw Unexpected(code, "a double-precision number");

    /// <summary>Reads a text or nil.</summary>
    /// <returns>The value.</returns>
    public string? ReadString()
    {
        if (TryReadNil())
        {
            return null;
        }

        var code = Take(1)[0];
        var size = code switch
        {
            >= 0xa0 and < 0xc0 => code & 0x1f,
            0xd9 => Take(1)[0],
            0xda => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xdb => checked((int)BinaryPrimitives.ReadUInt32BigEndian(Take(4))),
            _ => throw Unexpected(code, "a text"),
        };
        return Encoding.UTF8.GetString(Take(size));
    }

    /// <summary>Reads bytes.</summary>
    /// <returns>The value; shares memory with the input.</returns>
    public ReadOnlySpan<byte> ReadBinary()
    {
        var code = Take(1)[0];
        return Take(code switch
        {
            0xc4 => Take(1)[0],
            0xc5 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xc6 => checked((int)BinaryPrimitives.ReadUInt32BigEndian(Take(4))),
            _ => throw Unexpected(code, "bytes"),
        });
    }

    /// <summary>Reads the head of an array.</summary>
    /// <returns>The number of items that follow.</returns>
    public int ReadArrayHeader()
    {
        var code = Take(1)[0];
        return Plausible(code switch
        {
            >= 0x90 and < 0xa0 => (uint)code & 0x0f,
            0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xdd => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw Unexpected(code, "an array"),
        });
    }

    /// <summary>Reads the head of a map.</summary>
    /// <returns>The number of pairs that follow.</returns>
    public int ReadMapHeader()
    {
        var code = Take(1)[0];
        return Plausible(code switch
        {
            >= 0x80 and < 0x90 => (uint)code & 0x0f,
            0xde => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            0xdf => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw Unexpected(code, "a map"),
        });
    }

    /// <summary>Reads the head of an array whose length is known.</summary>
    /// <param name="count">The length it must have.</param>
    public void ReadArrayHeader(int count)
    {
        var found = ReadArrayHeader();
        if (found != count)
        {
            throw new InvalidDataException($"Expected an array of {count} items, found {found}, before byte {Position}.");
        }
    }

    /// <summary>Reads the head of the array that the members of a type are kept in.</summary>
    /// <param name="members">The number of members it must have.</param>
    /// <param name="type">The type, for the message.</param>
    public void ReadArrayHeader(int members, string type)
    {
        var found = ReadArrayHeader();
        if (found != members)
        {
            throw new InvalidDataException(
                $"{type} has {members} members, but the {found} of another version of it were found before byte {Position}.");
        }
    }

    private readonly byte Peek() => Position < _input.Length ? _input[Position] : throw Short(1);

    private ReadOnlySpan<byte> Take(int size)
    {
        if (size > _input.Length - Position)
        {
            throw Short(size);
        }

        var taken = _input.Slice(Position, size);
        Position += size;
        return taken;
    }

    // Every item takes a byte at least: a larger count is damage, and must not become an allocation.
    private readonly int Plausible(uint count) =>
        count <= (uint)(_input.Length - Position) ? (int)count : throw new InvalidDataException($"A length of {count} at byte {Position} exceeds the data.");

    private readonly InvalidDataException Outside(long least, long greatest) =>
        new($"Expected a whole number from {least} to {greatest} before byte {Position}, found one outside.");

    private readonly InvalidDataException Short(int size) =>
        new($"The data ends at byte {_input.Length}, but {size} more were expected at byte {Position}.");

    private readonly InvalidDataException Unexpected(byte code, string wanted) =>
        new($"Expected {wanted} at byte {Position - 1}, found MessagePack code 0x{code:x2}.");
}
