namespace Weir.PostgreSql.Changes;

/// <summary>What a source follows: a slot, by a publication.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Publication">The publication.</param>
/// <param name="From">Where in the log it began, as the slot said when the job first started.</param>
internal sealed record ReplicationSplit(string Slot, string Publication, long From)
{
    public override string ToString() => $"slot {Slot}";
}

/// <summary>Stores <see cref="ReplicationSplit"/>s in checkpoints.</summary>
internal sealed class ReplicationSplitCodec : Codec<ReplicationSplit>
{
    public static ReplicationSplitCodec Instance { get; } = new();

    public override Schema Schema { get; } = new("Weir.ReplicationSplit",
    [
        new(nameof(ReplicationSplit.Slot), Schema.Of("string")),
        new(nameof(ReplicationSplit.Publication), Schema.Of("string")),
        new(nameof(ReplicationSplit.From), Schema.Of("long")),
    ]);

    public override void Write(ref MessagePackWriter writer, in ReplicationSplit value)
    {
        writer.WriteArrayHeader(3);
        writer.Write(value.Slot);
        writer.Write(value.Publication);
        writer.Write(value.From);
    }

    public override ReplicationSplit Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(3);
        return new ReplicationSplit(reader.ReadString()!, reader.ReadString()!, reader.ReadInt64());
    }
}
