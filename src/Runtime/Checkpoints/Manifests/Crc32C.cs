using System.Buffers.Binary;
using System.Numerics;

namespace Weir.Runtime.Checkpoints.Manifests;

/// <summary>The Castagnoli checksum: finds every change of up to 32 consecutive bits, and so of any one byte.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
