namespace Weir.Runtime.Operators.Sinks;

/// <summary>What a checkpoint holds of a sink's transaction.</summary>
/// <param name="Checkpoint">The checkpoint that it was pre-committed for, or that it was open behind.</param>
/// <param name="IsOpen">Whether it was open: then it is aborted at recovery.</param>
/// <param name="Handle">Its handle.</param>
internal readonly record struct TransactionState<TTransaction>(CheckpointName Checkpoint, bool IsOpen, TTransaction Handle);

/// <summary>Writes and reads <see cref="TransactionState{TTransaction}"/>.</summary>
internal sealed class TransactionStateCodec<TTransaction>(Codec<TTransaction> handles) : Codec<TransactionState<TTransaction>>
{
    public override Schema Schema { get; } = new(
        "transaction-state",
        [new("attempt", Schema.Of("long")), new("checkpoint", Schema.Of("long")), new("open", Schema.Of("bool")),
            new("handle", handles.Schema)])
    {
        Kind = SchemaKind.Object,
    };

    public override void Write(ref MessagePackWriter writer, in TransactionState<TTransaction> value)
    {
        writer.WriteArrayHeader(4);
        writer.Write(value.Checkpoint.Attempt);
        writer.Write(value.Checkpoint.Id.Value);
        writer.Write(value.IsOpen);
        handles.Write(ref writer, value.Handle);
    }

    public override TransactionState<TTransaction> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(4);
        var checkpoint = new CheckpointName(reader.ReadInt64(), new CheckpointId(reader.ReadInt64()));
        var isOpen = reader.ReadBoolean();
        return new TransactionState<TTransaction>(checkpoint, isOpen, handles.Read(ref reader));
    }
}
