namespace Weir.Runtime.Files.Disk;

/// <summary>A directory that is still there after a crash: each new one is made durable in the one above it.</summary>
internal static class DurableDirectory
{
    /// <summary>Creates a directory and those above it, wherever an earlier process may have stopped doing so.</summary>
    public static void Create(IFileSystem files, string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return;
        }

        if (files.DirectoryExists(path))
        {
            SyncExisting(files, parent);
            return;
        }

        Create(files, parent);
        files.CreateDirectory(path);
        files.SyncDirectory(parent);
    }

    /// <summary>Creates a directory in one that is durable. One that is there already is made durable by someone else.</summary>
    public static void CreateWithin(IFileSystem files, string parent, string path)
    {
        if (!files.DirectoryExists(path))
        {
            files.CreateDirectory(path);
            files.SyncDirectory(parent);
        }
    }

    // Whoever created it may have died before making it durable: a loss of power would then take it with all that was put into it since.
    private static void SyncExisting(IFileSystem files, string parent)
    {
        try
        {
            files.SyncDirectory(parent);
        }
        catch (UnauthorizedAccessException)
        {
            // Then it was not one of ours that created something there.
        }
    }
}
