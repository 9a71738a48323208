namespace Weir;

/// <summary>Where checkpoints are kept: named, immutable files, and manifests whose appearance decides that a checkpoint exists.</summary>
/// <remarks>
/// Everything is written under an attempt. A store refuses with <see cref="FencedException"/> what comes from an attempt older than the newest that fenced
/// it. Safe for concurrent use: state files of one checkpoint are written side by side. Failures are <see cref="IOException"/>s that name the path.
/// </remarks>
public interface ICheckpointStore
{
    /// <summary>Gets where it is, for messages.</summary>
    string Description { get; }

    /// <summary>Shuts out all earlier attempts of the job and begins a new one.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The new attempt, greater than all before.</returns>
    ValueTask<long> FenceAsync(string job, CancellationToken cancellation);

    /// <summary>Lists the checkpoints that have a manifest, newest first. What is listed is durable, whoever wrote it and however that ended.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Their numbers.</returns>
    ValueTask<IReadOnlyList<CheckpointId>> ListAsync(string job, CancellationToken cancellation);

    /// <summary>Reads a manifest as it was written. Whether it is whole is for the reader to check.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="checkpoint">Its number.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The bytes.</returns>
    ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(string job, CheckpointId checkpoint, CancellationToken cancellation);

    /// <summary>Writes one state file, durably, before it returns.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="checkpoint">The checkpoint it belongs to.</param>
    /// <param name="file">Its name within the checkpoint.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when durable.</returns>
    ValueTask WriteStateAsync(string job, CheckpointName checkpoint, string file, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>Reads one state file.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="checkpoint">The checkpoint it belongs to.</param>
    /// <param name="file">Its name within the checkpoint.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The bytes.</returns>
    ValueTask<ReadOnlyMemory<byte>> ReadStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation);

    /// <summary>Makes the checkpoint exist: the manifest appears whole, durably and at once, or not at all. Never replaces one.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="manifest">The bytes.</param>
    /// <param name="cancellation">Cancels the wait before the decision; afterwards it has no effect.</param>
    /// <returns>Done when durable. A failure leaves open whether the manifest appeared: ask <see cref="ListAsync"/>.</returns>
    ValueTask WriteManifestAsync(string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation);

    /// <summary>Deletes a checkpoint: its manifest first. Harmless if it is gone.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="attempt">Who deletes.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when gone.</returns>
    ValueTask DeleteAsync(string job, long attempt, CheckpointId checkpoint, CancellationToken cancellation);

    /// <summary>Ends an attempt in an orderly way, and lets go of whatever held the store for it.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="attempt">The attempt.</param>
    /// <returns>Done when released.</returns>
    ValueTask ReleaseAsync(string job, long attempt);
}
