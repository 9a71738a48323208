namespace Weir.Runtime.Operators.Sources;

/// <summary>What a checkpoint holds of a split that is being read. One that has ended for good is held no more.</summary>
/// <param name="Split">The split.</param>
/// <param name="Offset">Behind the last record that was delivered.</param>
/// <param name="Ordinal">How many splits of the source were found before it.</param>
internal readonly record struct SplitState<TSplit>(TSplit Split, Offset Offset, long Ordinal);

/// <summary>Writes and reads <see cref="SplitState{TSplit}"/>.</summary>
internal sealed class SplitStateCodec<TSplit>(Codec<TSplit> splits) : Codec<SplitState<TSplit>>
{
    public override Schema Schema { get; } = new(
        "split-state",
        [
            new("split", splits.Schema),
            new("offset", Schema.Of("long")),

            // Not in checkpoints of Weir before there were offsets within a place.
            SchemaMember.Of<long>("within"),

            // Nor before splits in order of time were kept in order over a restore.
            SchemaMember.Of<long>("ordinal"),
        ])
    {
        Kind = SchemaKind.Object,
    };

    public override void Write(ref MessagePackWriter writer, in SplitState<TSplit> value)
    {
        writer.WriteArrayHeader(4);
        splits.Write(ref writer, value.Split);
        writer.Write(value.Offset.Value);
        writer.Write(value.Offset.Within);
        writer.Write(value.Ordinal);
    }

    public override SplitState<TSplit> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(4);
        var split = splits.Read(ref reader);
        return new SplitState<TSplit>(split, new Offset(reader.ReadInt64()) { Within = reader.ReadInt64() }, reader.ReadInt64());
    }
}
