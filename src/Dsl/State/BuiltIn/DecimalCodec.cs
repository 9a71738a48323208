using System.Buffers.Binary;

namespace Weir.Wire;

/// <summary>Decimals as sixteen bytes: scale and sign, then 96 bits, most significant first.</summary>
/// <remarks>
/// The scale is kept: a sum that was 1.50 before a crash must not be 1.5 after it. Equal numbers of different scale therefore differ in
/// their bytes, and share their hash.
/// </remarks>
internal sealed class DecimalCodec : Codec<decimal>
{
    private const int Size = 16;

    public override Schema Schema { get; } = Schema.Of("decimal");

    public override void Write(ref MessagePackWriter writer, in decimal value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        Fill(bytes, value);
        writer.WriteBinary(bytes);
    }

    public override decimal Read(ref MessagePackReader reader)
    {
        var bytes = reader.ReadBinary();
        if (bytes.Length != Size)
        {
            throw new InvalidDataException($"A decimal takes {Size} bytes, found {bytes.Length}.");
        }

        Span<int> bits = [
            BinaryPrimitives.ReadInt32BigEndian(bytes[12..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[4..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes),
        ];
        try
        {
            return new decimal(bits);
        }
        catch (ArgumentException damage)
        {
            throw new InvalidDataException($"0x{bits[3]:x8} is no scale and sign of a decimal.", damage);
        }
    }

    public override uint StableHash(in decimal value)
    {
        Span<byte> bytes = stackalloc byte[Size];

        // Division by a one of the greatest scale strips trailing zeros.
        Fill(bytes, value == 0 ? 0 : value / 1.0000000000000000000000000000m);
        return Weir.StableHash.Of(bytes);
    }

    private static void Fill(Span<byte> bytes, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        BinaryPrimitives.WriteInt32BigEndian(bytes, bits[3]);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], bits[2]);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], bits[1]);
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], bits[0]);
    }
}
