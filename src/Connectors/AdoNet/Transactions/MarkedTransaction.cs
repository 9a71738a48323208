using Weir.Databases;

namespace Weir.Ado.Transactions;

/// <summary>What a subtask wrote between two barriers: the rows themselves, and what they are marked by when they have been
/// inserted.</summary>
/// <param name="Number">Which transaction of the subtask in its attempt.</param>
/// <param name="Sink">The sink and the life of the job; null before the barrier, and for good if nothing was written.</param>
/// <param name="Attempt">The attempt that wrote it.</param>
/// <param name="Subtask">The subtask that wrote it.</param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Columns">How many values a row has.</param>
/// <param name="Bytes">The rows, one behind the other.</param>
internal sealed record MarkedTransaction(
    long Number, string? Sink, long Attempt, int Subtask, int Rows, int Columns, ReadOnlyMemory<byte> Bytes)
{
    private const char Separator = '\u001f';

    // Two of them, the run and two slashes make 118 characters.
    private const int MaxPart = 50;

    /// <summary>
    /// Gets the columns that the values are for, as SQL names them: the sink of the next version may have others, or in another order. Null
    /// in checkpoints of Weir from before they were kept.
    /// </summary>
    public string? ColumnNames { get; init; }

    /// <summary>Gets the columns that the values are for; null if they were not kept.</summary>
    public IReadOnlyList<string>? Names => ColumnNames?.Split(Separator);

    /// <summary>The transaction with the columns that its values are for.</summary>
    public MarkedTransaction For(IReadOnlyList<string> columns) => this with { ColumnNames = string.Join(Separator, columns) };

    /// <summary>A transaction that has just begun.</summary>
    public static MarkedTransaction Begun(long number) => new(number, null, 0, 0, 0, 0, default);

    /// <summary>What a sink is called in the table of markers, in one life of its job.</summary>
    public static string SinkOf(SinkContext context) =>
        $"{NamePart.Of(context.Job, MaxPart)}/{NamePart.Of(context.Operator, MaxPart)}/{context.RunId}";

    /// <inheritdoc/>
    public override string ToString() => Sink is null
        ? $"transaction {Number}"
        : string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"transaction '{Sink}/attempt-{Attempt}/subtask-{Subtask}/tx-{Number}'");
}

/// <summary>Stores <see cref="MarkedTransaction"/>s in checkpoints.</summary>
internal sealed class MarkedTransactionCodec : Codec<MarkedTransaction>
{
    public static MarkedTransactionCodec Instance { get; } = new();

    public override Schema Schema { get; } = new("Weir.MarkedTransaction",
    [
        new(nameof(MarkedTransaction.Number), Schema.Of("long")),
        new(nameof(MarkedTransaction.Sink), Schema.Of("string")),
        new(nameof(MarkedTransaction.Attempt), Schema.Of("long")),
        new(nameof(MarkedTransaction.Subtask), Schema.Of("int")),
        new(nameof(MarkedTransaction.Rows), Schema.Of("int")),
        new(nameof(MarkedTransaction.Columns), Schema.Of("int")),
        new(nameof(MarkedTransaction.Bytes), Schema.Of("byte[]")),
        SchemaMember.Of<string?>(nameof(MarkedTransaction.ColumnNames)),
    ]);

    public override void Write(ref MessagePackWriter writer, in MarkedTransaction value)
    {
        writer.WriteArrayHeader(8);
        writer.Write(value.Number);
        writer.Write(value.Sink);
        writer.Write(value.Attempt);
        writer.Write(value.Subtask);
        writer.Write(value.Rows);
        writer.Write(value.Columns);
        writer.Write(value.Bytes.Span);
        writer.Write(value.ColumnNames);
    }

    public override MarkedTransaction Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(8);
        var (number, sink, attempt, subtask) = (reader.ReadInt64(), reader.ReadString(), reader.ReadInt64(), reader.ReadInt32());
        var (rows, columns) = (reader.ReadInt32(), reader.ReadInt32());
        var bytes = reader.ReadBytes() is { } some ? System.Buffers.BuffersExtensions.ToArray(some) : [];
        return new MarkedTransaction(number, sink, attempt, subtask, rows, columns, bytes) { ColumnNames = reader.ReadString() };
    }
}
