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

    public static ReadOnlyMemory<byte> Read(IFileSystem files, string path)
    {
        using var file = files.OpenRead(path);
        var length = file.Length;
        if (length > Array.MaxLength)
        {
            throw new IOException($"'{path}' has {length} bytes: more than can be read at once.");
        }

        var content = new byte[length];
        var read = file.Read(content, 0);
        return content.AsMemory(0, read);
    }
}
