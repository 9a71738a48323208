namespace Weir.Wire;

/// <summary>Texts; null is nil.</summary>
internal sealed class TextCodec : Codec<string>
{
    public override Schema Schema { get; } = Schema.Of("string");

    public override void Write(ref MessagePackWriter writer, in string value) => writer.WriteText(value);

    public override string Read(ref MessagePackReader reader) => reader.ReadText()!;

    public override uint StableHash(in string value) => value is null ? 0 : Weir.StableHash.Of(value);

    // The object's header and length, and two bytes a character.
    public override long SizeOf(in string value) => value is null ? 0 : 24 + ((long)value.Length * sizeof(char));
}

/// <summary>Bytes; null is nil.</summary>
internal sealed class BinaryCodec : Codec<byte[]>
{
    public override Schema Schema { get; } = Schema.Of("bytes");

    public override void Write(ref MessagePackWriter writer, in byte[] value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.Write(value);
        }
    }

    public override long SizeOf(in byte[] value) => value is null ? 0 : 24 + (long)value.Length;

    public override byte[] Read(ref MessagePackReader reader) => reader.TryReadNil() ? null! : reader.ReadBinary().ToArray();
}
