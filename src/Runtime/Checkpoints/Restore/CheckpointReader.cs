using System.Collections.Immutable;
using System.IO.Hashing;
using Weir.Runtime.Checkpoints.Manifests;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>Reads a checkpoint and verifies it: the manifest by its checksum, each state file by length and checksum.</summary>
/// <remarks>
/// A missing or changed file makes the checkpoint unusable. A store that cannot be read does not: that is an <see cref="IOException"/>, and no reason to fall
/// back to an older checkpoint.
/// </remarks>
/// <param name="job">The job's name.</param>
/// <param name="store">The store.</param>
internal sealed class CheckpointReader(string job, ICheckpointStore store)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="UnusableCheckpointException">It is damaged.</exception>
    /// <exception cref="JobException">It is whole, but not for this job or not for this Weir.</exception>
    public async ValueTask<LoadedCheckpoint> ReadAsync(CheckpointName checkpoint, CancellationToken cancellation)
    {
        var manifest = await ReadManifestAsync(checkpoint, cancellation).ConfigureAwait(false);
        var files = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(manifest.Files.Length);
        foreach (var file in manifest.Files)
        {
            files.Add(await ReadFileAsync(manifest.Name, file, cancellation).ConfigureAwait(false));
        }

        foreach (var slice in manifest.Operators.SelectMany(stateful => stateful.Subtasks).SelectMany(subtask => subtask.KeyGroups))
        {
            if ((uint)slice.File >= (uint)files.Count
                || slice.Offset < 0 || slice.Length < 0 || (long)slice.Offset + slice.Length > files[slice.File].Length)
            {
                throw new UnusableCheckpointException("manifest", $"key group {slice.KeyGroup} lies outside of its state file");
            }
        }

        return new LoadedCheckpoint(manifest, files.MoveToImmutable());
    }

    private async ValueTask<Manifest> ReadManifestAsync(CheckpointName checkpoint, CancellationToken cancellation)
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

    private async ValueTask<ReadOnlyMemory<byte>> ReadFileAsync(CheckpointName checkpoint, StateFile file, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> content;
        try
        {
            content = await store.ReadStateAsync(job, checkpoint, file.Name, cancellation).ConfigureAwait(false);
        }
        catch (Exception damage) when (damage is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnusableCheckpointException(file.Name, damage.Message, damage);
        }

        if (content.Length != file.Length)
        {
            throw new UnusableCheckpointException(file.Name, $"it has {content.Length} bytes instead of {file.Length}");
        }

        var crc = Crc32.HashToUInt32(content.Span);
        return crc == file.Crc
            ? content
            : throw new UnusableCheckpointException(file.Name, $"its checksum is {crc:x8} instead of {file.Crc:x8}");
    }
}
