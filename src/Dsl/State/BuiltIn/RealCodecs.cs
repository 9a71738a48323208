namespace Weir.Wire;

/// <summary>Double-precision numbers, bit by bit.</summary>
internal sealed class DoubleCodec : Codec<double>
{
    public override Schema Schema { get; } = Schema.Of("double");

    public override void Write(ref MessagePackWriter writer, in double value) => writer.Write(value);

    public override double Read(ref MessagePackReader reader) => reader.ReadDouble();

    // Equal numbers hash alike, whatever their bits: 0 and -0, and one NaN for all.
    public override uint StableHash(in double value) =>
        Weir.StableHash.Of(BitConverter.DoubleToInt64Bits(value == 0 ? 0 : double.IsNaN(value) ? double.NaN : value));
}

/// <summary>Single-precision numbers, bit by bit.</summary>
internal sealed class SingleCodec : Codec<float>
{
    public override Schema Schema { get; } = Schema.Of("float");

    public override void Write(ref MessagePackWriter writer, in float value) => writer.Write(value);

    public override float Read(ref MessagePackReader reader) => reader.ReadSingle();

    public override uint StableHash(in float value) =>
        Weir.StableHash.Of(BitConverter.SingleToInt32Bits(value == 0 ? 0 : float.IsNaN(value) ? float.NaN : value));
}
