using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Checkpoints.Store;

/// <summary>What earlier attempts left unfinished.</summary>
internal static class CheckpointRemains
{
    /// <summary>Deletes it. Called after a new attempt has begun, before anybody asks which checkpoints there are.</summary>
    public static void Delete(IFileSystem files, CheckpointPaths paths, string job)
    {
        foreach (var checkpoint in paths.Checkpoints(files, job).ToArray())
        {
            // Unfinished manifests first: once they are gone, no earlier attempt can make this checkpoint exist any more.
            var directory = paths.Checkpoint(job, checkpoint);
            foreach (var name in files.ListFiles(directory).Where(CheckpointPaths.IsUnfinishedManifest))
            {
                files.DeleteFile(Path.Combine(directory, name));
            }

            if (!files.FileExists(paths.Manifest(job, checkpoint)))
            {
                files.DeleteDirectory(directory);
            }
        }
    }
}
