namespace Weir.Wire;

/// <summary>The one key of streams that are not told apart by key. Not a nil, which stands between entries of a checkpoint.</summary>
internal sealed class NoKeyCodec : Codec<NoKey>
{
    public override Schema Schema { get; } = Schema.Of("no key");

    public override void Write(ref MessagePackWriter writer, in NoKey value) => writer.Write(0);

    public override NoKey Read(ref MessagePackReader reader) => reader.ReadInt32() == 0
        ? default
        : throw new InvalidDataException("The key of a stream without keys is written as 0.");

    public override uint StableHash(in NoKey value) => Weir.StableHash.Of(0);
}
