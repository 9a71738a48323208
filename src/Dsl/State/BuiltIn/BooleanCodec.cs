namespace Weir.Wire;

/// <summary>Truth values.</summary>
internal sealed class BooleanCodec : Codec<bool>
{
    public override Schema Schema { get; } = Schema.Of("bool");

    public override void Write(ref MessagePackWriter writer, in bool value) => writer.Write(value);

    public override bool Read(ref MessagePackReader reader) => reader.ReadBoolean();

    public override uint StableHash(in bool value) => Weir.StableHash.Of(value ? 1 : 0);
}

/// <summary>Guids as their sixteen bytes in the order they are printed.</summary>
internal sealed class GuidCodec : Codec<Guid>
{
    private const int Size = 16;

    public override Schema Schema { get; } = Schema.Of("Guid");

    public override void Write(ref MessagePackWriter writer, in Guid value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        writer.WriteBinary(bytes);
    }

    public override Guid Read(ref MessagePackReader reader)
    {
        var bytes = reader.ReadBinary();
        return bytes.Length == Size
            ? new Guid(bytes, bigEndian: true)
            : throw new InvalidDataException($"A Guid takes {Size} bytes, found {bytes.Length}.");
    }
}
