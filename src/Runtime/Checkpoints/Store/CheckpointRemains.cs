using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Checkpoints.Store;

/// <summary>What earlier attempts left that no checkpoint needs.</summary>
internal static class CheckpointRemains
{
    /// <summary>Deletes it. Called by an attempt that has sealed and is still the newest: what it deletes can never count again.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="paths">The names in it.</param>
    /// <param name="job">The job's name.</param>
    /// <param name="attempt">The attempt: what it and newer ones write is left alone.</param>
    /// <param name="kept">The checkpoints of older attempts that exist.</param>
    public static void Delete(IFileSystem files, CheckpointPaths paths, string job, long attempt, IReadOnlyList<CheckpointName> kept)
    {
        foreach (var checkpoint in paths.Checkpoints(files, job)
            .Where(checkpoint => checkpoint.Attempt < attempt && !kept.Contains(checkpoint)))
        {
            Delete(files, paths, job, checkpoint);
        }

        Seal.DeleteOlder(files, paths.Job(job), attempt);
        Attempts.DeleteOlder(files, paths.Job(job), attempt);
    }

    /// <summary>
    /// Deletes a checkpoint: the manifest goes first and for good, for one with a manifest but without its files must not be.
    /// </summary>
    public static void Delete(IFileSystem files, CheckpointPaths paths, string job, CheckpointName checkpoint)
    {
        var directory = paths.Checkpoint(job, checkpoint);
        if (files.DirectoryExists(directory))
        {
            try
            {
                files.DeleteFile(paths.Manifest(job, checkpoint));
                files.SyncDirectory(directory);
                files.DeleteDirectory(directory);
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                // Another process that is entitled to it deletes it at this moment.
            }

            // Where power fails after the end of a job, nobody is left who would clean up again.
            files.SyncDirectory(paths.Job(job));
        }
    }

    /// <summary>
    /// Deletes what a superseded attempt has written of a checkpoint, unless the checkpoint counts. As long as the newest attempt has not
    /// sealed it may still see the checkpoint and let it count; and if it does not, it cleans up itself.
    /// </summary>
    public static void DeleteUnsealed(IFileSystem files, CheckpointPaths paths, string job, CheckpointName checkpoint)
    {
        var directory = paths.Job(job);
        while (files.DirectoryExists(directory))
        {
            var newest = Attempts.Newest(files, directory);
            if (newest <= checkpoint.Attempt || Seal.Newest(files, directory, long.MaxValue) != newest)
            {
                return;
            }

            try
            {
                if (!Seal.Read(files, directory, newest).Checkpoints.Contains(checkpoint))
                {
                    Delete(files, paths, job, checkpoint);
                }

                return;
            }
            catch (FileNotFoundException)
            {
                // A newer attempt has sealed meanwhile, and has deleted the seals before its own.
                if (Attempts.Newest(files, directory) == newest)
                {
                    throw;
                }
            }
        }
    }
}
