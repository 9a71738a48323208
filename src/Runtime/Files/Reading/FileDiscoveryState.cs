using System.Buffers;

namespace Weir.Runtime.Files.Reading;

/// <summary>What a checkpoint holds of the search for files.</summary>
/// <param name="Behind">The last file whose splits have been handed out, or null. The next one comes behind it in order of names.</param>
/// <param name="Last">The last file that is read at all, or null when new files are looked for.</param>
/// <param name="Left">How many files are left between the two.</param>
/// <param name="Known">When new files are looked for: how far each file that is there has been handed out.</param>
internal sealed record FileDiscoveryState(string? Behind, string? Last, int Left, SortedDictionary<string, long> Known)
{
    public static FileDiscoveryState Empty => new(null, null, 0, new SortedDictionary<string, long>(StringComparer.Ordinal));

    public static FileDiscoveryState Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        reader.ReadArrayOf(4);
        var (behind, last, left) = (reader.ReadString(), reader.ReadString(), reader.ReadInt32());
        var known = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var count = reader.ReadMapHeader(); count > 0; count--)
        {
            known[reader.ReadString() ?? ""] = reader.ReadInt64();
        }

        return new FileDiscoveryState(behind, last, left, known);
    }

    public ReadOnlyMemory<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(4);
        writer.Write(Behind);
        writer.Write(Last);
        writer.Write(Left);
        writer.WriteMapHeader(Known.Count);
        foreach (var (path, end) in Known)
        {
            writer.Write(path);
            writer.Write(end);
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }
}
