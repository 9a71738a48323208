namespace Weir.RocksDbState.Tables;

/// <summary>The key group in the bytes of a key: three bytes behind the namespace, the high byte first.</summary>
internal static class KeyBytes
{
    /// <summary>The bytes of a key group.</summary>
    public const int GroupBytes = 3;

    /// <summary>The bytes of the hash in front of keys whose equal values may have different bytes.</summary>
    public const int HashBytes = 4;

    /// <summary>What the keys of a namespace and key group begin with.</summary>
    public static byte[] Group(ReadOnlySpan<byte> prefix, int keyGroup)
    {
        var key = new byte[prefix.Length + GroupBytes];
        prefix.CopyTo(key);
        WriteGroup(key.AsSpan(prefix.Length), keyGroup);
        return key;
    }

    /// <summary>The key group of a key.</summary>
    public static int GroupOf(ReadOnlySpan<byte> key, int prefixLength) =>
        (key[prefixLength] << 16) | (key[prefixLength + 1] << 8) | key[prefixLength + 2];

    /// <summary>Writes a key group.</summary>
    public static void WriteGroup(Span<byte> to, int keyGroup)
    {
        to[0] = (byte)(keyGroup >> 16);
        to[1] = (byte)(keyGroup >> 8);
        to[2] = (byte)keyGroup;
    }
}
