namespace Weir.Runtime.Files.Reading;

/// <summary>Stores <see cref="FileSplit"/>s in checkpoints.</summary>
internal sealed class FileSplitCodec : Codec<FileSplit>
{
    public static FileSplitCodec Instance { get; } = new();

    public override Schema Schema { get; } = new("Weir.FileSplit",
    [
        new(nameof(FileSplit.Path), Schema.Of("string")),
        new(nameof(FileSplit.Start), Schema.Of("long")),
        new(nameof(FileSplit.End), Schema.Of("long")),
        new(nameof(FileSplit.FileLength), Schema.Of("long")),
        new(nameof(FileSplit.Fingerprint), Schema.Of("ulong")),
    ]);

    public override void Write(ref MessagePackWriter writer, in FileSplit value)
    {
        writer.WriteArrayHeader(5);
        writer.Write(value.Path);
        writer.Write(value.Start);
        writer.Write(value.End);
        writer.Write(value.FileLength);
        if (value.Fingerprint is { } fingerprint)
        {
            writer.Write(fingerprint);
        }
        else
        {
            writer.WriteNil();
        }
    }

    public override FileSplit Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(5);
        var path = reader.ReadString() ?? throw new InvalidDataException("A stored file split names no file.");
        var (start, end, length) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        return new FileSplit(path, start, end, length) { Fingerprint = reader.TryReadNil() ? null : reader.ReadUInt64() };
    }
}
