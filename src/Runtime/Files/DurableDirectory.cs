namespace Weir.Runtime.Files;

/// <summary>A directory that is still there after a crash: each new one is made durable in the one above it.</summary>
internal static class DurableDirectory
{
    public static void Create(IFileSystem files, string path)
    {
        if (files.DirectoryExists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return;
        }

        Create(files, parent);
        files.CreateDirectory(path);
        files.SyncDirectory(parent);
    }
}
