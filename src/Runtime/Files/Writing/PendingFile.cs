using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Writing;

/// <summary>The step from pending to finished.</summary>
internal static class PendingFile
{
    /// <summary>Makes a pending file visible; harmless if it is already.</summary>
    public static void Commit(IFileSystem files, string directory, string part)
    {
        var pending = Path.Combine(directory, PartName.PendingOf(part));
        var finished = Path.Combine(directory, part);
        var isPending = files.FileExists(pending);
        var isFinished = files.FileExists(finished);
        if (isPending && isFinished)
        {
            DropSecondName(files, pending, finished);
        }
        else if (isPending)
        {
            files.Rename(pending, finished);
        }
        else if (!isFinished)
        {
            throw new SinkException(
                $"The output file '{finished}' is lost: neither it nor its pending form '{PartName.PendingOf(part)}' is there, so its records are missing from the output. " +
                "It was deleted, or the job writes to another directory than before: put it back, or start a new job with its own checkpoint and output directories.");
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
                throw new SinkException($"'{finished}' cannot be finished: another file of that name is in the way of '{pending}'. Move it elsewhere.");
            }
        }

        files.DeleteFile(pending);
    }
}
