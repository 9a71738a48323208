namespace Weir.PostgreSql.Reading;

/// <summary>What a source reads: a table in the order of a column.</summary>
/// <param name="Table">The table, as SQL names it.</param>
/// <param name="Cursor">The column that only grows, as the catalog has it.</param>
internal sealed record TableCursor(string Table, string Cursor);

/// <summary>Stores <see cref="TableCursor"/>s in checkpoints.</summary>
internal sealed class TableCursorCodec : Codec<TableCursor>
{
    public static TableCursorCodec Instance { get; } = new();

    public override Schema Schema { get; } = new("Weir.TableCursor",
    [
        new(nameof(TableCursor.Table), Schema.Of("string")),
        new(nameof(TableCursor.Cursor), Schema.Of("string")),
    ]);

    public override void Write(ref MessagePackWriter writer, in TableCursor value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Table);
        writer.Write(value.Cursor);
    }

    public override TableCursor Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(2);
        return new TableCursor(reader.ReadString()!, reader.ReadString()!);
    }
}
