namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>A record of the golden scripts.</summary>
internal sealed record Reading(long Key, long Value);

/// <summary>Its codec: the generator does not run in this project.</summary>
internal sealed class ReadingCodec : Codec<Reading>
{
    public override Schema Schema { get; } = Schema.Of("Reading");

    public override void Write(ref MessagePack.MessagePackWriter writer, in Reading value)
    {
        writer.Write(value.Key);
        writer.Write(value.Value);
    }

    public override Reading Read(ref MessagePack.MessagePackReader reader) => new(reader.ReadInt64(), reader.ReadInt64());
}
