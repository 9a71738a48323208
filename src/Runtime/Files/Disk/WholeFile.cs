namespace Weir.Runtime.Files.Disk;

/// <summary>Files that are written once and read at once.</summary>
internal static class WholeFile
{
    /// <summary>Writes a new file, durably; its name is not durable yet.</summary>
    public static void Write(IFileSystem files, string path, ReadOnlySpan<byte> content)
    {
        using var file = files.CreateNew(path);
        file.Write(content);
        file.Sync();
    }

    /// <summary>Reads a file that must not be larger than so many bytes.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    public static ReadOnlyMemory<byte> Read(IFileSystem files, string path, int maxBytes = int.MaxValue)
    {
        using var file = files.OpenRead(path);
        var length = file.Length;
        if (length > Math.Min(maxBytes, Array.MaxLength))
        {
            throw new InvalidDataException($"'{path}' has {length:N0} bytes, where {maxBytes:N0} are the most");
        }

        var content = new byte[length];
        var read = file.Read(content, 0);
        return content.AsMemory(0, read);
    }
}
