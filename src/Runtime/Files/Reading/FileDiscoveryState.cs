using System.Buffers;

namespace Weir.Runtime.Files.Reading;

/// <summary>What a checkpoint holds of the search for files.</summary>
/// <param name="Behind">The last file whose splits have been handed out, or null. The next one comes behind it in order of names.</param>
/// <param name="Last">The last file that is read at all, or null when new files are looked for.</param>
/// <param name="Left">How many files are left between the two.</param>
/// <param name="Known">When new files are looked for: how far each file that is there has been handed out, and what it held.</param>
internal sealed record FileDiscoveryState(string? Behind, string? Last, int Left, SortedDictionary<string, KnownFile> Known)
{
    public static FileDiscoveryState Empty => new(null, null, 0, new SortedDictionary<string, KnownFile>(StringComparer.Ordinal));

    public static FileDiscoveryState Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        reader.ReadArrayOf(4);
        var (behind, last, left) = (reader.ReadText(), reader.ReadText(), reader.ReadInt32());
        var known = new SortedDictionary<string, KnownFile>(StringComparer.Ordinal);
        for (var count = reader.ReadMapHeader(); count > 0; count--)
        {
            var path = reader.ReadText() ?? "";
            reader.ReadArrayOf(2);
            known[path] = new KnownFile(reader.ReadInt64(), reader.TryReadNil() ? null : reader.ReadUInt64());
        }

        return new FileDiscoveryState(behind, last, left, known);
    }

    public ReadOnlyMemory<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(4);
        writer.WriteText(Behind);
        writer.WriteText(Last);
        writer.Write(Left);
        writer.WriteMapHeader(Known.Count);
        foreach (var (path, file) in Known)
        {
            writer.WriteText(path);
            writer.WriteArrayHeader(2);
            writer.Write(file.End);
            if (file.Fingerprint is { } fingerprint)
            {
                writer.Write(fingerprint);
            }
            else
            {
                writer.WriteNil();
            }
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }
}

/// <summary>A file that may grow.</summary>
/// <param name="End">How far it has been handed out.</param>
/// <param name="Fingerprint">What it held up to there: what replaces it under the same name is another file.</param>
internal readonly record struct KnownFile(long End, ulong? Fingerprint);
