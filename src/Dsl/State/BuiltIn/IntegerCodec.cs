using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Wire;

/// <summary>Whole numbers of at most 64 bits that fit a <see cref="long"/>, and characters by their code unit.</summary>
internal sealed class IntegerCodec<T>(string name) : Codec<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private static readonly long Least = long.CreateChecked(T.MinValue);
    private static readonly long Greatest = long.CreateChecked(T.MaxValue);

    public override Schema Schema { get; } = Schema.Of(name);

    public override void Write(ref MessagePackWriter writer, in T value) => writer.Write(long.CreateTruncating(value));

    public override T Read(ref MessagePackReader reader) => T.CreateTruncating(reader.ReadBounded(Least, Greatest));

    public override uint StableHash(in T value) => Unsafe.SizeOf<T>() <= sizeof(int)
        ? Weir.StableHash.Of(int.CreateTruncating(value))
        : Weir.StableHash.Of(long.CreateTruncating(value));
}

/// <summary>The whole numbers that do not fit a <see cref="long"/>.</summary>
internal sealed class UInt64Codec : Codec<ulong>
{
    public override Schema Schema { get; } = Schema.Of("ulong");

    public override void Write(ref MessagePackWriter writer, in ulong value) => writer.Write(value);

    public override ulong Read(ref MessagePackReader reader) => reader.ReadUInt64();

    public override uint StableHash(in ulong value) => Weir.StableHash.Of((long)value);
}
