namespace Weir.Runtime.Operators.Sources;

/// <summary>What a checkpoint holds of a split that is being read. One that has been read to its end is held no more.</summary>
/// <param name="Split">The split.</param>
/// <param name="Offset">Behind the last record that was delivered.</param>
internal readonly record struct SplitState<TSplit>(TSplit Split, Offset Offset);

/// <summary>Writes and reads <see cref="SplitState{TSplit}"/>.</summary>
internal sealed class SplitStateCodec<TSplit>(Codec<TSplit> splits) : Codec<SplitState<TSplit>>
{
    public override Schema Schema { get; } = new("split-state", [new("split", splits.Schema), new("offset", Schema.Of("long"))])
    {
        Kind = SchemaKind.Object,
    };

    public override void Write(ref MessagePackWriter writer, in SplitState<TSplit> value)
    {
        writer.WriteArrayHeader(2);
        splits.Write(ref writer, value.Split);
        writer.Write(value.Offset.Value);
    }

    public override SplitState<TSplit> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(2);
        return new SplitState<TSplit>(splits.Read(ref reader), new Offset(reader.ReadInt64()));
    }
}
