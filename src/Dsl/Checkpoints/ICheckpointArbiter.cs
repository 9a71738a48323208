namespace Weir;

/// <summary>Says which checkpoint is the recovery point of a job. Exactly one a job; all other sinks and sources follow it.</summary>
/// <remarks>
/// By default the checkpoint store decides, by the manifest's appearance. A transactional sink whose own transaction carries the
/// checkpoint's name may decide instead: then followers commit after its commit, and an abort costs a replay, never data.
/// </remarks>
public interface ICheckpointArbiter
{
    /// <summary>Shuts out earlier attempts and says where to begin.</summary>
    /// <param name="newRun">The id of the life that begins, if there was no attempt before; else it is not used.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The new attempt, the life of the job that it belongs to, and the checkpoints to try, newest first: the decided one and,
    /// should its files not verify, those before it.</returns>
    ValueTask<RecoveryPoint> FenceAndReadAsync(RunId newRun, CancellationToken cancellation);

    /// <summary>Decides: when it returns, the checkpoint is the recovery point, and followers may commit.</summary>
    /// <param name="checkpoint">The checkpoint; all its state files are durable.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="cancellation">Cancels the wait before the decision.</param>
    /// <returns>Done when decided.</returns>
    ValueTask CommitAsync(CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation);

    /// <summary>
    /// Says whether a decision whose answer was lost was made. Asked after <see cref="CommitAsync"/> has failed, by the attempt that asked
    /// for it.
    /// </summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>
    /// Whether it is decided. False is final: the decision was not made and will not be. An arbiter that cannot say throws; then the
    /// attempt fails, and the next one begins from what <see cref="FenceAndReadAsync"/> tells it.
    /// </returns>
    /// <exception cref="FencedException">A later attempt has taken over.</exception>
    ValueTask<bool> HasDecidedAsync(CheckpointName checkpoint, CancellationToken cancellation);

    /// <summary>Says who has taken the job over from this process, after a <see cref="FencedException"/>.</summary>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>A few words, such as <c>process 7 on host-2</c>; null, the default, if that is not known.</returns>
    ValueTask<string?> NameSuccessorAsync(CancellationToken cancellation) => ValueTask.FromResult<string?>(null);
}
