namespace Weir.Runtime.Files.Writing;

/// <summary>Stores <see cref="FileTransaction"/>s in checkpoints.</summary>
internal sealed class FileTransactionCodec : Codec<FileTransaction>
{
    public static FileTransactionCodec Instance { get; } = new();

    public override Schema Schema { get; } = new("Weir.FileTransaction",
    [
        new(nameof(FileTransaction.Number), Schema.Of("long")),
        new(nameof(FileTransaction.Parts), new Schema("list", [new("item", Schema.Of("string"))])),
        new(nameof(FileTransaction.Rows), Schema.Of("long")),
    ]);

    public override void Write(ref MessagePackWriter writer, in FileTransaction value)
    {
        writer.WriteArrayHeader(3);
        writer.Write(value.Number);
        writer.WriteArrayHeader(value.Parts.Count);
        foreach (var part in value.Parts)
        {
            writer.Write(part);
        }

        writer.Write(value.Rows);
    }

    public override FileTransaction Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(3);
        var number = reader.ReadInt64();
        var parts = new string[reader.ReadArrayHeader()];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = reader.ReadString() ?? throw new InvalidDataException("A stored file transaction names a file without a name.");
        }

        return new FileTransaction(number, parts, reader.ReadInt64());
    }
}
