using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.State;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>Reads a checkpoint and verifies it: the manifest by its checksum, each state file by length and checksum.</summary>
/// <remarks>
/// A missing or changed file makes the checkpoint unusable. A store that cannot be read does not: that is an <see cref="IOException"/>, and
/// no reason to fall back to an older checkpoint.
/// </remarks>
/// <param name="job">The job's name.</param>
/// <param name="store">The store.</param>
/// <param name="meter">Counts what is read of the state; null for nobody who wants to know.</param>
internal sealed class CheckpointReader(string job, ICheckpointStore store, RestoreMeter? meter = null)
{
    /// <summary>Reads and verifies it.</summary>
    /// <exception cref="UnusableCheckpointException">It is damaged.</exception>
    /// <exception cref="JobException">It is whole, but not for this job or not for this Weir.</exception>
    public async ValueTask<LoadedCheckpoint> ReadAsync(CheckpointName checkpoint, CancellationToken cancellation)
    {
        var manifest = await ReadManifestAsync(checkpoint, cancellation).ConfigureAwait(false);
        ManifestChecks.Check(manifest);
        var handles = manifest.Operators
            .SelectMany(stateful => stateful.Subtasks)
            .SelectMany(subtask => subtask.Handles)
            .Where(handle => handle is not StateHandle.Inline)
            .Distinct()
            .ToList();
        meter?.Begin(handles.Sum(handle => handle.Length));
        foreach (var handle in handles)
        {
            await StateFileCheck.VerifyAsync(handle, () => OpenAsync(manifest.Name, handle, cancellation), cancellation)
                .ConfigureAwait(false);
        }

        // While operators restore, files are opened where they are used: on the thread that prepares the attempt, which may wait.
        return new LoadedCheckpoint(
            manifest, handle => OpenAsync(manifest.Name, handle, CancellationToken.None).AsTask().GetAwaiter().GetResult());
    }

    /// <summary>Reads and checks a manifest without its state.</summary>
    /// <exception cref="UnusableCheckpointException">It is damaged.</exception>
    /// <exception cref="JobException">It is whole, but not for this job or not for this Weir.</exception>
    public async ValueTask<Manifest> ReadManifestAsync(CheckpointName checkpoint, CancellationToken cancellation)
    {
        Manifest manifest;
        try
        {
            var bytes = await store.ReadManifestAsync(job, checkpoint, cancellation).ConfigureAwait(false);
            manifest = ManifestFormat.Read(bytes);
        }
        catch (Exception damage) when (damage is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableCheckpointException("manifest", damage.Message, damage);
        }
        catch (OtherFormatException other)
        {
            throw new JobException($"Job '{job}' cannot continue from {checkpoint} in {store.Description}: {other.Message}", other);
        }

        if (manifest.Job != job)
        {
            throw new JobException(
                $"Job '{job}' found {checkpoint} of another job, '{manifest.Job}', in {store.Description}. "
                + "Give each job a name and a checkpoint directory of its own, or rename the job back.");
        }

        return manifest.Name == checkpoint
            ? manifest
            : throw new UnusableCheckpointException("manifest", $"it is that of {manifest.Name}");
    }

    private async ValueTask<Stream> OpenAsync(CheckpointName checkpoint, StateHandle handle, CancellationToken cancellation)
    {
        var stream = handle is StateHandle.InSharedFile shared
            ? await store.OpenSharedAsync(job, shared.File, cancellation).ConfigureAwait(false)
            : await store.OpenStateAsync(job, checkpoint, ((StateHandle.InFile)handle).Name, cancellation).ConfigureAwait(false);
        return meter?.Count(stream) ?? stream;
    }
}
