using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weir.Runtime.State;

/// <summary>Spreads keys over the tables of one process. Never leaves it: what does is made of <see cref="StableHash"/>.</summary>
public static class KeyHash
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;

    /// <summary>Spreads a number; the table takes the high bits (Knuth's multiplicative hash).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(long key) => (ulong)key * Golden;

    /// <summary>Spreads a text, four characters at a time.</summary>
    public static ulong Of(string key)
    {
        var chars = MemoryMarshal.AsBytes(key.AsSpan());
        var hash = (ulong)chars.Length * Golden;
        for (; chars.Length >= 8; chars = chars[8..])
        {
            hash = Combine(hash, MemoryMarshal.Read<ulong>(chars));
        }

        var tail = 0UL;
        for (var i = chars.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | chars[i];
        }

        return Combine(hash, tail);
    }

    /// <summary>Adds a part of a compound key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong hash, ulong part)
    {
        // A full-width product folded in half: every bit of both reaches the high bits that the table takes.
        var high = Math.BigMul(hash ^ part ^ 0xA0761D6478BD642FUL, Golden, out var low);
        return high ^ low;
    }
}
