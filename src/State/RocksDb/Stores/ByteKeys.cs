using System.IO.Hashing;

namespace Weir.RocksDbState.Stores;

/// <summary>Tells keys apart by their bytes.</summary>
internal sealed class ByteKeys : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    private ByteKeys()
    {
    }

    /// <summary>Gets the only one.</summary>
    public static ByteKeys Comparer { get; } = new();

    /// <summary>The first key behind all that begin with these bytes.</summary>
    public static byte[] Behind(ReadOnlySpan<byte> prefix)
    {
        for (var i = prefix.Length - 1; i >= 0; i--)
        {
            if (prefix[i] != byte.MaxValue)
            {
                var behind = prefix[..(i + 1)].ToArray();
                behind[i]++;
                return behind;
            }
        }

        // No key begins so: key groups are numbers below 2²⁰, in three bytes.
        return [255, 255, 255, 255];
    }

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)XxHash3.HashToUInt64(alternate);

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
