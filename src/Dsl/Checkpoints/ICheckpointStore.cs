namespace Weir;

/// <summary>
/// Where checkpoints are kept: named, immutable files, streamed in and out, and manifests whose appearance decides that a checkpoint
/// exists.
/// </summary>
/// <remarks>
/// Everything is written under an attempt. A store refuses with <see cref="FencedException"/> what comes from an attempt older than the
/// newest that fenced it. An attempt writes and deletes what is its own and what older attempts left, never what a newer one did. Safe for
/// concurrent use: state files of one checkpoint are written side by side. Failures are <see cref="IOException"/>s that name the path.
/// </remarks>
public interface ICheckpointStore
{
    /// <summary>Gets where it is, for messages.</summary>
    string Description { get; }

    /// <summary>
    /// Shuts out all earlier attempts of the job, begins a new one, and settles for good which checkpoints of earlier attempts exist: a
    /// manifest that appears later does not count. All attempts of one life of the job get the same <see cref="RunId"/>, with or without a
    /// checkpoint: a process that was believed dead carries that of its successor.
    /// </summary>
    /// <param name="job">The job's name.</param>
    /// <param name="newRun">The id of the life that begins, if the store knows of no attempt before, or if all checkpoints that it knew of
    /// were deleted.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The new attempt, greater than all before, the life that it belongs to, and the checkpoints that exist, newest first. They
    /// are durable, whoever wrote them and however that ended.</returns>
    /// <exception cref="FencedException">A still newer attempt began meanwhile.</exception>
    ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation);

    /// <summary>Makes sure that an attempt is the newest. Asked before anything that it has read is called damaged.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done if it is.</returns>
    /// <exception cref="FencedException">It is not.</exception>
    ValueTask CheckFenceAsync(string job, long attempt, CancellationToken cancellation);

    /// <summary>Lists the checkpoints that exist, newest first, as the newest attempt sees them.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Their names.</returns>
    ValueTask<IReadOnlyList<CheckpointName>> ListAsync(string job, CancellationToken cancellation);

    /// <summary>
    /// Says whether a checkpoint of the newest attempt exists, after <see cref="WriteManifestAsync"/> has failed. What is found is durable.
    /// </summary>
    /// <param name="job">The job's name.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Whether it does.</returns>
    /// <exception cref="FencedException">Its attempt is no longer the newest: whether it exists is settled by that one.</exception>
    ValueTask<bool> HasManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation);

    /// <summary>Reads a manifest as it was written. Whether it is whole is for the reader to check.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The bytes.</returns>
    ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation);

    /// <summary>Creates a state file of a checkpoint. Until a manifest names the file, nobody reads it.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="checkpoint">The checkpoint it belongs to.</param>
    /// <param name="file">Its name within the checkpoint.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>
    /// Where to write its bytes. They are durable when <see cref="Stream.FlushAsync(CancellationToken)"/> has returned, and not before; a
    /// stream that is disposed without that leaves nothing that may be referred to.
    /// </returns>
    ValueTask<Stream> CreateStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation);

    /// <summary>Opens a state file.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="checkpoint">The checkpoint it belongs to.</param>
    /// <param name="file">Its name within the checkpoint.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Its bytes: a stream that can seek and knows its length.</returns>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    ValueTask<Stream> OpenStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation);

    /// <summary>Creates an immutable file that manifests of several checkpoints may refer to; written like a state file.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="file">The file: of this attempt.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Where to write its bytes, as <see cref="CreateStateAsync"/> says.</returns>
    ValueTask<Stream> CreateSharedAsync(string job, SharedFile file, CancellationToken cancellation);

    /// <summary>Opens a shared file.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Its bytes: a stream that can seek and knows its length.</returns>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    ValueTask<Stream> OpenSharedAsync(string job, SharedFile file, CancellationToken cancellation);

    /// <summary>Lists all shared files of a job, referred to or not.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The files.</returns>
    ValueTask<IReadOnlyList<SharedFile>> ListSharedAsync(string job, CancellationToken cancellation);

    /// <summary>
    /// Deletes a shared file of this attempt or of an older one, to which no manifest refers any more. Harmless if it is gone.
    /// </summary>
    /// <param name="job">The job's name.</param>
    /// <param name="attempt">Who deletes.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when gone.</returns>
    ValueTask DeleteSharedAsync(string job, long attempt, SharedFile file, CancellationToken cancellation);

    /// <summary>Makes the checkpoint exist: the manifest appears whole, durably and at once, or not at all. Never replaces one.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="manifest">The bytes.</param>
    /// <param name="cancellation">Cancels the wait before the decision; afterwards it has no effect.</param>
    /// <returns>Done when durable. A failure leaves open whether the manifest appeared: ask <see cref="HasManifestAsync"/>.</returns>
    ValueTask WriteManifestAsync(string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation);

    /// <summary>
    /// Deletes a checkpoint of this attempt or of an older one: its manifest first, its shared files not. Harmless if it is gone.
    /// </summary>
    /// <param name="job">The job's name.</param>
    /// <param name="attempt">Who deletes.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when gone.</returns>
    ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation);

    /// <summary>Ends an attempt in an orderly way, and lets go of whatever held the store for it.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="attempt">The attempt.</param>
    /// <returns>Done when released.</returns>
    ValueTask ReleaseAsync(string job, long attempt);
}
