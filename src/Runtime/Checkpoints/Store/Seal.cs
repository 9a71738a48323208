using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Checkpoints.Store;

/// <summary>
/// What an attempt settles before it does anything else: exactly these checkpoints of older attempts exist, and no other ever will.
/// </summary>
/// <remarks>
/// A file <c>seal-‹k›</c> that appears whole or not at all and is never replaced. The seal with the greatest number rules; one that comes
/// to be after a
/// greater one does not matter, for its attempt finds itself fenced before it acts.
/// </remarks>
/// <param name="RunId">The life of the job that the attempt belongs to: it carries on that of the seal before.</param>
/// <param name="Last">The greatest number of a checkpoint that was seen, decided or not.</param>
/// <param name="Checkpoints">The checkpoints, newest first.</param>
internal sealed record Seal(RunId RunId, CheckpointId Last, IReadOnlyList<CheckpointName> Checkpoints)
{
    private const string Prefix = "seal-";
    private const int CrcSize = 4;

    /// <summary>The newest attempt before a given one that has sealed; 0 if none has.</summary>
    public static long Newest(IFileSystem files, string directory, long before) =>
        Numbers(files, directory).Where(number => number < before).DefaultIfEmpty(0).Max();

    /// <summary>Reads the seal of an attempt.</summary>
    /// <exception cref="CheckpointStoreException">It is damaged.</exception>
    public static Seal Read(IFileSystem files, string directory, long attempt)
    {
        var path = PathOf(directory, attempt);
        try
        {
            return Decode(WholeFile.Read(files, path));
        }
        catch (InvalidDataException damage)
        {
            throw new CheckpointStoreException(
                $"'{path}' is damaged: {damage.Message}. It says which checkpoints of earlier starts count. Restore it from a copy; or, "
                    + "if no other process runs this job, "
                + "delete it, and every checkpoint that has a manifest counts.",
                damage);
        }
    }

    /// <summary>Makes it the seal of an attempt, durably.</summary>
    public void Write(IFileSystem files, string directory, long attempt)
    {
        var unfinished = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $".{Prefix}{attempt}"));
        WholeFile.Write(files, unfinished, Encode());
        files.Rename(unfinished, PathOf(directory, attempt));
        files.SyncDirectory(directory);
    }

    /// <summary>Deletes the seals of older attempts, which a newer one has made void.</summary>
    public static void DeleteOlder(IFileSystem files, string directory, long attempt)
    {
        foreach (var older in Numbers(files, directory).Where(older => older < attempt).ToList())
        {
            files.DeleteFile(PathOf(directory, older));
        }

        foreach (var name in files.ListFiles(directory))
        {
            if (NumberOf(name, $".{Prefix}") is { } older && older < attempt)
            {
                files.DeleteFile(Path.Combine(directory, name));
            }
        }
    }

    private static IEnumerable<long> Numbers(IFileSystem files, string directory) =>
        files.ListFiles(directory).Select(name => NumberOf(name, Prefix)).OfType<long>();

    private static long? NumberOf(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string PathOf(string directory, long attempt) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{attempt}"));

    private byte[] Encode()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(3);
        writer.Write(RunId.Value);
        writer.Write(Last.Value);
        writer.WriteArrayHeader(Checkpoints.Count);
        foreach (var checkpoint in Checkpoints)
        {
            writer.WriteArrayHeader(2);
            writer.Write(checkpoint.Attempt);
            writer.Write(checkpoint.Id.Value);
        }

        writer.Flush();
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.GetSpan(CrcSize), Crc32.HashToUInt32(buffer.WrittenSpan));
        buffer.Advance(CrcSize);
        return buffer.WrittenSpan.ToArray();
    }

    private static Seal Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length <= CrcSize
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[^CrcSize..]) != Crc32.HashToUInt32(bytes.Span[..^CrcSize]))
        {
            throw new InvalidDataException("its checksum is wrong");
        }

        try
        {
            var reader = new MessagePackReader(bytes[..^CrcSize]);
            reader.ReadArrayOf(3);
            var run = new RunId(reader.ReadUInt64());
            var last = new CheckpointId(reader.ReadInt64());
            var checkpoints = new List<CheckpointName>();
            for (var left = reader.ReadArrayHeader(); left > 0; left--)
            {
                reader.ReadArrayOf(2);
                checkpoints.Add(new CheckpointName(reader.ReadInt64(), new CheckpointId(reader.ReadInt64())));
            }

            return new Seal(run, last, checkpoints);
        }
        catch (Exception damage) when (WireDamage.Is(damage) && damage is not InvalidDataException)
        {
            throw new InvalidDataException(damage.Message, damage);
        }
    }
}
