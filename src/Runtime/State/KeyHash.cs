using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weir.Runtime.State;

/// <summary>
/// Spreads keys over the tables of one process, by its seed. Never leaves it: what does is made of <see cref="StableHash"/>.
/// </summary>
public static class KeyHash
{
    // One a thread: keys are hashed on the hot side of a window, which must not allocate.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <summary>Spreads a number; the table takes the high bits (multiplicative hash).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(long key, KeySeed seed) => (ulong)key * seed.Factor;

    /// <summary>Spreads an id.</summary>
    public static ulong Of(Guid key, KeySeed seed) => Of(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in key)), seed);

    /// <summary>Spreads a text, four characters at a time.</summary>
    public static ulong Of(string key, KeySeed seed) => Of(MemoryMarshal.AsBytes(key.AsSpan()), seed);

    /// <summary>Spreads any value that has a codec, so that equal values meet: by its bytes where equal values have equal ones.</summary>
    public static ulong Of<T>(Codec<T> codec, in T key, KeySeed seed) =>
        typeof(T) == typeof(string) ? Of((string)(object)key!, seed)
        : typeof(T) == typeof(int) ? Of((int)(object)key!, seed)
        : typeof(T) == typeof(long) ? Of((long)(object)key!, seed)
        : typeof(T) == typeof(decimal) ? Of((decimal)(object)key!, seed)
        : typeof(T) == typeof(double) ? Of((double)(object)key!, seed)
        : typeof(T) == typeof(float) ? Of((double)(float)(object)key!, seed)
        : typeof(T) == typeof(DateTime) ? Of(((DateTime)(object)key!).Ticks, seed)
        : typeof(T) == typeof(DateTimeOffset) ? Of(((DateTimeOffset)(object)key!).UtcTicks, seed)
        : typeof(T) == typeof(TimeWindow) ? Of((TimeWindow)(object)key!, seed)
        : CanonicalBytes.AreOf(codec) ? OfBytes(codec, key, seed)
        : Combine(seed.Factor, codec.StableHash(key), seed);

    /// <summary>Adds a part of a compound key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong hash, ulong part, KeySeed seed)
    {
        // A full-width product folded in half: every bit of both reaches the high bits that the table takes.
        var high = Math.BigMul(hash ^ part ^ 0xA0761D6478BD642FUL, seed.Factor, out var low);
        return high ^ low;
    }

    private static ulong Of(TimeWindow key, KeySeed seed) =>
        Combine(Combine(seed.Factor, (ulong)key.StartTime, seed), (ulong)key.EndTime, seed);

    // 1.0 and 1.00 are one number: division by a one of the greatest scale strips trailing zeros, and zero has one sign.
    private static ulong Of(decimal key, KeySeed seed)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(key == 0 ? 0 : key / 1.0000000000000000000000000000m, bits);
        return Of(MemoryMarshal.AsBytes(bits), seed);
    }

    // 0 and -0 are equal, and so are all that are no number.
    private static ulong Of(double key, KeySeed seed) =>
        Combine(0, (ulong)BitConverter.DoubleToInt64Bits(key == 0 ? 0 : double.IsNaN(key) ? double.NaN : key), seed);

    private static ulong OfBytes<T>(Codec<T> codec, in T key, KeySeed seed)
    {
        var buffer = _scratch ??= new ArrayBufferWriter<byte>(256);
        buffer.ResetWrittenCount();
        var writer = new MessagePackWriter(buffer);
        codec.Write(ref writer, key);
        writer.Flush();
        return Of(buffer.WrittenSpan, seed);
    }

    private static ulong Of(ReadOnlySpan<byte> bytes, KeySeed seed)
    {
        var hash = ((ulong)bytes.Length + 1) * seed.Factor;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            hash = Combine(hash, MemoryMarshal.Read<ulong>(bytes), seed);
        }

        var tail = 0UL;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | bytes[i];
        }

        return Combine(hash, tail, seed);
    }
}
