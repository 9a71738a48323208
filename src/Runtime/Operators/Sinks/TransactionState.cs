namespace Weir.Runtime.Operators.Sinks;

/// <summary>What a checkpoint holds of a sink's transaction.</summary>
/// <param name="Checkpoint">The checkpoint that it was pre-committed for, or that it was open behind.</param>
/// <param name="IsOpen">Whether it was open: then it is aborted at recovery.</param>
/// <param name="Handle">Its handle.</param>
internal readonly record struct TransactionState<TTransaction>(CheckpointId Checkpoint, bool IsOpen, TTransaction Handle);

/// <summary>Writes and reads <see cref="TransactionState{TTransaction}"/>.</summary>
internal sealed class TransactionStateCodec<TTransaction>(Codec<TTransaction> handles) : Codec<TransactionState<TTransaction>>
{
    public override Schema Schema { get; } = new(
        "transaction-state",
        [new("checkpoint", Schema.Of("long")), new("open", Schema.Of("bool")), new("handle", handles.Schema)]);

    public override void Write(ref MessagePackWriter writer, in TransactionState<TTransaction> value)
    {
        writer.WriteArrayHeader(3);
        writer.Write(value.Checkpoint.Value);
        writer.Write(value.IsOpen);
        handles.Write(ref writer, value.Handle);
    }

    public override TransactionState<TTransaction> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(3);
        var checkpoint = new CheckpointId(reader.ReadInt64());
        var isOpen = reader.ReadBoolean();
        return new TransactionState<TTransaction>(checkpoint, isOpen, handles.Read(ref reader));
    }
}
