using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Wire;

/// <summary>128-bit numbers as their sixteen bytes, most significant first.</summary>
internal sealed class WideIntegerCodec<T>(string name) : Codec<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    public override Schema Schema { get; } = Schema.Of(name);

    public override void Write(ref MessagePackWriter writer, in T value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.WriteBigEndian(bytes);
        writer.WriteBinary(bytes);
    }

    public override T Read(ref MessagePackReader reader) =>
        T.ReadBigEndian(Exact(reader.ReadBinary(), Unsafe.SizeOf<T>(), Schema.Name), isUnsigned: T.IsZero(T.MinValue));

    private static ReadOnlySpan<byte> Exact(ReadOnlySpan<byte> bytes, int size, string name) => bytes.Length == size
        ? bytes
        : throw new InvalidDataException($"A {name} takes {size} bytes, found {bytes.Length}.");
}

/// <summary>Numbers of any size as two's complement, most significant byte first, no byte more than needed.</summary>
internal sealed class BigIntegerCodec : Codec<BigInteger>
{
    public override Schema Schema { get; } = Schema.Of("BigInteger");

    public override void Write(ref MessagePackWriter writer, in BigInteger value) => writer.Write(value.ToByteArray(isBigEndian: true));

    public override BigInteger Read(ref MessagePackReader reader) => new(reader.ReadBinary(), isBigEndian: true);
}
