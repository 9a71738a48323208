using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Checkpoints.Store;
using Weir.Runtime.State;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>Reads a savepoint and verifies all of it, as <see cref="CheckpointReader"/> does a checkpoint.</summary>
internal static class SavepointReader
{
    /// <summary>Reads and checks its manifest without its state.</summary>
    /// <exception cref="UnusableCheckpointException">There is none, it was not finished, or it is damaged.</exception>
    /// <exception cref="OtherFormatException">It is whole, and another Weir's.</exception>
    public static Manifest ReadManifest(SavepointDirectory directory)
    {
        Manifest manifest;
        try
        {
            manifest = ManifestFormat.Read(directory.ReadManifest());
        }
        catch (Exception damage) when (damage is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableCheckpointException("manifest", damage.Message, damage);
        }

        ManifestChecks.Check(manifest);
        return manifest;
    }

    /// <summary>Says that a job cannot begin with a savepoint.</summary>
    public static JobException Refuse(string job, SavepointDirectory directory, Exception damage) => new(
        $"Job '{job}' cannot begin with the savepoint '{directory.Path}': {damage.Message.TrimEnd('.')}. Nothing was read or written. Give "
            + $"another one as {nameof(JobOptions)}.{nameof(JobOptions.RestoreFrom)}, or leave it out.",
        damage);

    /// <summary>Reads and verifies it.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="meter">Counts what is read of the state; null for nobody who wants to know.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="UnusableCheckpointException">There is none, it was not finished, or it is damaged.</exception>
    /// <exception cref="OtherFormatException">It is whole, and another Weir's.</exception>
    public static async ValueTask<LoadedCheckpoint> ReadAsync(
        SavepointDirectory directory, RestoreMeter? meter, CancellationToken cancellation)
    {
        var manifest = ReadManifest(directory);
        var handles = manifest.Operators
            .SelectMany(stateful => stateful.Subtasks)
            .SelectMany(subtask => subtask.Handles)
            .Where(handle => handle is not StateHandle.Inline)
            .Distinct()
            .ToList();
        meter?.Begin(handles.Sum(handle => handle.Length));
        foreach (var handle in handles)
        {
            await StateFileCheck.VerifyAsync(handle, () => ValueTask.FromResult(Open(handle)), cancellation).ConfigureAwait(false);
        }

        return new LoadedCheckpoint(manifest, Open);

        Stream Open(StateHandle handle)
        {
            // A copy of a checkpoint may refer to files that other checkpoints share: those are not here.
            var stream = handle is StateHandle.InFile file ? directory.Open(file.Name)
                : throw new UnusableCheckpointException(
                    "manifest", $"it refers to {handle}, which is not in its directory: it is a checkpoint, and no savepoint");
            return meter?.Count(stream) ?? stream;
        }
    }
}
