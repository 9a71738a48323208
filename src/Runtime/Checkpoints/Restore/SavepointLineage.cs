using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Checkpoints.Store;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>Finds out from checkpoints whether a job has begun with a savepoint before. An option that names one may stay.</summary>
internal static class SavepointLineage
{
    /// <summary>Whether the newest checkpoint that can be read goes back to a savepoint.</summary>
    /// <param name="reader">Reads checkpoints of the job.</param>
    /// <param name="candidates">The checkpoints, newest first.</param>
    /// <param name="savepoint">The savepoint.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static async ValueTask<bool> HasBegunAsync(
        CheckpointReader reader, IReadOnlyList<CheckpointName> candidates, SavepointIdentity savepoint, CancellationToken cancellation)
    {
        foreach (var candidate in candidates)
        {
            try
            {
                var newest = await reader.ReadManifestAsync(candidate, cancellation).ConfigureAwait(false);

                // The copy of the savepoint itself is nothing that came after it.
                return newest.Identity != savepoint && newest.Origins.Contains(savepoint);
            }
            catch (UnusableCheckpointException)
            {
                // The one before it says where the job came from, too.
            }
        }

        return false;
    }

    /// <summary>The same for the savepoint in a directory, as an arbiter asks for it.</summary>
    /// <exception cref="JobException">The savepoint cannot be used.</exception>
    public static ValueTask<bool> HasBegunAsync(
        string job,
        ICheckpointStore store,
        SavepointDirectory directory,
        IReadOnlyList<CheckpointName> candidates,
        CancellationToken cancellation)
    {
        try
        {
            var savepoint = SavepointReader.ReadManifest(directory).Identity;
            return HasBegunAsync(new CheckpointReader(job, store), candidates, savepoint, cancellation);
        }
        catch (Exception damage) when (damage is UnusableCheckpointException or OtherFormatException)
        {
            throw SavepointReader.Refuse(job, directory, damage);
        }
    }
}
