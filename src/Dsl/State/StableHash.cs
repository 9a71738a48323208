using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Weir;

/// <summary>
/// Hashes that are the same in every process, on every machine and in every version of Weir: key groups are made of them.
/// </summary>
/// <remarks>
/// MurmurHash3 (x86, 32 bit), as Flink mixes its key hashes; the bytes are hashed as published, an integer as its four bytes.
/// </remarks>
public static class StableHash
{
    private const uint C1 = 0xcc9e2d51;
    private const uint C2 = 0x1b873593;

    /// <summary>The hash of a number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The hash.</returns>
    public static uint Of(int value) => Finish(Mix(0, (uint)value), 4);

    /// <summary>The hash of a number: its halves folded into one, then as <see cref="Of(int)"/>.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The hash.</returns>
    public static uint Of(long value) => Of((int)(value ^ (long)((ulong)value >> 32)));

    /// <summary>The hash of a text, by its UTF-16 code units in little-endian order.</summary>
    /// <param name="value">The text; not null.</param>
    /// <returns>The hash.</returns>
    public static uint Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Of(MemoryMarshal.AsBytes(value.AsSpan()));
    }

    /// <summary>The hash of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The hash.</returns>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 0u;
        var rest = bytes;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt32LittleEndian(rest));
        }

        var tail = 0u;
        for (var i = rest.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | rest[i];
        }

        hash ^= BitOperations.RotateLeft(tail * C1, 15) * C2;
        return Finish(hash, bytes.Length);
    }

    /// <summary>The hash of a value made of parts: fold its parts' hashes from the first to the last.</summary>
    /// <param name="hash">The hash so far.</param>
    /// <param name="part">The next part's hash.</param>
    /// <returns>The hash.</returns>
    public static uint Combine(uint hash, uint part) => Finish(Mix(hash, part), 4);

    private static uint Mix(uint hash, uint block) =>
        (BitOperations.RotateLeft(hash ^ (BitOperations.RotateLeft(block * C1, 15) * C2), 13) * 5) + 0xe6546b64;

    private static uint Finish(uint hash, int length)
    {
        hash ^= (uint)length;
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
