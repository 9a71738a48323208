using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Writing;

/// <summary>The step from pending to finished.</summary>
internal static class PendingFile
{
    /// <summary>Whether a file is there, pending or finished.</summary>
    public static bool Exists(IFileSystem files, string directory, string part) =>
        files.FileExists(Path.Combine(directory, PartName.PendingOf(part))) || files.FileExists(Path.Combine(directory, part));

    /// <summary>Makes a pending file visible; harmless if it is already.</summary>
    /// <returns>Whether it is there: if not, a reader has taken it.</returns>
    public static bool TryCommit(IFileSystem files, string directory, string part)
    {
        var pending = Path.Combine(directory, PartName.PendingOf(part));
        var finished = Path.Combine(directory, part);
        if (!files.FileExists(pending))
        {
            return files.FileExists(finished);
        }

        try
        {
            if (files.FileExists(finished))
            {
                DropSecondName(files, pending, finished);
            }
            else
            {
                files.Rename(pending, finished);
            }

            return true;
        }
        catch (FileNotFoundException)
        {
            // A process that was believed dead has just done the same.
            return files.FileExists(finished);
        }
    }

    // Where the kernel cannot rename without replacing, a crash may leave the file with both names.
    private static void DropSecondName(IFileSystem files, string pending, string finished)
    {
        using (var left = files.OpenRead(pending))
        using (var right = files.OpenRead(finished))
        {
            if (left.Length != right.Length)
            {
                throw new SinkException(
                    $"'{finished}' cannot be finished: another file of that name is in the way of '{pending}'. Move it elsewhere.");
            }
        }

        files.DeleteFile(pending);
    }
}
