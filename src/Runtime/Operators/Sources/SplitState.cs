namespace Weir.Runtime.Operators.Sources;

/// <summary>What a checkpoint holds of a split.</summary>
/// <param name="Split">The split.</param>
/// <param name="Offset">Behind the last record that was delivered.</param>
/// <param name="IsFinished">Whether it has been read to its end.</param>
internal readonly record struct SplitState<TSplit>(TSplit Split, Offset Offset, bool IsFinished);

/// <summary>Writes and reads <see cref="SplitState{TSplit}"/>.</summary>
internal sealed class SplitStateCodec<TSplit>(Codec<TSplit> splits) : Codec<SplitState<TSplit>>
{
    public override Schema Schema { get; } = new("split-state", [new("split", splits.Schema), new("offset", Schema.Of("long")), new("finished", Schema.Of("bool"))]);

    public override void Write(ref MessagePackWriter writer, in SplitState<TSplit> value)
    {
        writer.WriteArrayHeader(3);
        splits.Write(ref writer, value.Split);
        writer.Write(value.Offset.Value);
        writer.Write(value.IsFinished);
    }

    public override SplitState<TSplit> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(3);
        var split = splits.Read(ref reader);
        var offset = new Offset(reader.ReadInt64());
        return new SplitState<TSplit>(split, offset, reader.ReadBoolean());
    }
}
