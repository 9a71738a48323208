using System.Collections;
using System.Net;
using System.Numerics;
using System.Text;
using Weir.Wire;

namespace Weir;

/// <summary>Codecs that need no generator: the types of the language and the framework that have one obvious wire form.</summary>
internal static class BuiltInCodecs
{
    /// <summary>The codec of a type, or null. One instance a type, for the life of the process.</summary>
    public static Codec<T>? Find<T>() => Slot<T>.Codec;

    // Each comparison is a constant once T is known, so that the JIT keeps one branch of all these.
    private static object? Make<T>() =>
        MakeInteger<T>() ?? MakeNumber<T>() ?? MakeTime<T>() ?? MakeOther<T>() ?? MakeFramework<T>();

    private static object? MakeInteger<T>() =>
        typeof(T) == typeof(int) ? new IntegerCodec<int>("int")
        : typeof(T) == typeof(long) ? new IntegerCodec<long>("long")
        : typeof(T) == typeof(short) ? new IntegerCodec<short>("short")
        : typeof(T) == typeof(byte) ? new IntegerCodec<byte>("byte")
        : typeof(T) == typeof(sbyte) ? new IntegerCodec<sbyte>("sbyte")
        : typeof(T) == typeof(ushort) ? new IntegerCodec<ushort>("ushort")
        : typeof(T) == typeof(uint) ? new IntegerCodec<uint>("uint")
        : typeof(T) == typeof(char) ? new IntegerCodec<char>("char")
        : typeof(T) == typeof(ulong) ? new UInt64Codec()
        : null;

    private static object? MakeNumber<T>() =>
        typeof(T) == typeof(double) ? new DoubleCodec()
        : typeof(T) == typeof(float) ? new SingleCodec()
        : typeof(T) == typeof(decimal) ? new DecimalCodec()
        : typeof(T) == typeof(Int128) ? new WideIntegerCodec<Int128>("Int128")
        : typeof(T) == typeof(UInt128) ? new WideIntegerCodec<UInt128>("UInt128")
        : typeof(T) == typeof(BigInteger) ? new BigIntegerCodec()
        : null;

    private static object? MakeTime<T>() =>
        typeof(T) == typeof(DateTime) ? new DateTimeCodec()
        : typeof(T) == typeof(DateTimeOffset) ? new DateTimeOffsetCodec()
        : typeof(T) == typeof(DateOnly) ? new DateOnlyCodec()
        : typeof(T) == typeof(TimeOnly) ? new TimeOnlyCodec()
        : typeof(T) == typeof(TimeSpan) ? new TimeSpanCodec()
        : null;

    private static object? MakeOther<T>() =>
        typeof(T) == typeof(string) ? new TextCodec()
        : typeof(T) == typeof(bool) ? new BooleanCodec()
        : typeof(T) == typeof(Guid) ? new GuidCodec()
        : typeof(T) == typeof(byte[]) ? new BinaryCodec()
        : typeof(T) == typeof(NoKey) ? new NoKeyCodec()
        : typeof(T) == typeof((string, long)) ? new PairCodec<string, long>()
        : typeof(T) == typeof((int, int, long)) ? new TripleCodec<int, int, long>()
        : null;

    private static object? MakeFramework<T>() =>
        typeof(T) == typeof(Half) ? new HalfCodec()
        : typeof(T) == typeof(Rune) ? new RuneCodec()
        : typeof(T) == typeof(Index) ? new IndexCodec()
        : typeof(T) == typeof(Range) ? new RangeCodec()
        : typeof(T) == typeof(Complex) ? new ComplexCodec()
        : typeof(T) == typeof(Version) ? new VersionCodec()
        : typeof(T) == typeof(Uri) ? new UriCodec()
        : typeof(T) == typeof(BitArray) ? new BitArrayCodec()
        : typeof(T) == typeof(IPAddress) ? new IPAddressCodec()
        : null;

    private static class Slot<T>
    {
        public static readonly Codec<T>? Codec = (Codec<T>?)Make<T>();
    }
}
