namespace Weir.KafkaLog.Ahead;

/// <summary>The messages that a subtask made between two barriers, and who writes them once their checkpoint exists.</summary>
/// <param name="Job">The application and the job, whose names the cluster knows: the first part of all names there.</param>
/// <param name="Writer">The operator and the subtask that made them: one transactional id.</param>
/// <param name="RunId">Which life of the job; null before the barrier, and for good if there are no messages.</param>
/// <param name="Attempt">The attempt that made them.</param>
/// <param name="Number">Which transaction of the subtask in its attempt.</param>
/// <param name="Count">How many messages there are.</param>
/// <param name="Bytes">The messages, one behind the other, as <see cref="KeptMessages{T}"/> writes them.</param>
internal sealed record AheadTransaction(
    string Job, string Writer, string? RunId, long Attempt, long Number, int Count, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>
    /// Gets the id of the topic in which the marker of these messages will be; empty where the broker gives none. Another topic of its name
    /// knows nothing of them.
    /// </summary>
    public string MarkerTopicId { get; init; } = "";

    /// <summary>Gets where it stands among those of its writer in one life.</summary>
    public (long Attempt, long Number) Place => (Attempt, Number);

    /// <summary>Gets the name that the broker fences by: whoever writes these messages takes it over, whichever subtask it is.</summary>
    public string TransactionalId => $"{Job}.{Writer}.ahead";

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"transaction {Number} of '{TransactionalId}', attempt {Attempt},");
}

/// <summary>Stores <see cref="AheadTransaction"/>s in checkpoints.</summary>
internal sealed class AheadTransactionCodec : Codec<AheadTransaction>
{
    public static AheadTransactionCodec Instance { get; } = new();

    public override Schema Schema { get; } = new("Weir.AheadTransaction",
    [
        new(nameof(AheadTransaction.Job), Schema.Of("string")),
        new(nameof(AheadTransaction.Writer), Schema.Of("string")),
        new(nameof(AheadTransaction.RunId), Schema.Of("string")),
        new(nameof(AheadTransaction.Attempt), Schema.Of("long")),
        new(nameof(AheadTransaction.Number), Schema.Of("long")),
        new(nameof(AheadTransaction.Count), Schema.Of("int")),
        new(nameof(AheadTransaction.Bytes), Schema.Of("byte[]")),
        new(nameof(AheadTransaction.MarkerTopicId), Schema.Of("string")),
    ]);

    public override void Write(ref MessagePackWriter writer, in AheadTransaction value)
    {
        writer.WriteArrayHeader(8);
        writer.Write(value.Job);
        writer.Write(value.Writer);
        writer.Write(value.RunId);
        writer.Write(value.Attempt);
        writer.Write(value.Number);
        writer.Write(value.Count);
        writer.Write(value.Bytes.Span);
        writer.Write(value.MarkerTopicId);
    }

    public override AheadTransaction Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(8);
        var (job, writer, run) = (reader.ReadString()!, reader.ReadString()!, reader.ReadString());
        var (attempt, number, count) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32());
        var bytes = reader.ReadBytes() is { } some ? System.Buffers.BuffersExtensions.ToArray(some) : [];
        return new AheadTransaction(job, writer, run, attempt, number, count, bytes) { MarkerTopicId = reader.ReadString() ?? "" };
    }
}
