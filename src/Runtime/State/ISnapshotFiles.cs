namespace Weir.Runtime.State;

/// <summary>Where an operator streams its part of one checkpoint to. Used on the work pool.</summary>
public interface ISnapshotFiles
{
    /// <summary>Writes a file that belongs to this checkpoint.</summary>
    /// <param name="write">Writes the bytes, in order.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    /// <returns>The handle, once the file is durable.</returns>
    ValueTask<StateHandle> WriteAsync(Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation);

    /// <summary>Writes an immutable file that later checkpoints may refer to as well.</summary>
    /// <remarks>
    /// A snapshot may refer to a shared file only if it wrote it itself or if the subtask's snapshot before it refers to it: so a file that
    /// one snapshot has left out never comes back, and can be deleted when no checkpoint that is kept refers to it.
    /// </remarks>
    /// <param name="name">Its name: unique among those that the operator's subtask writes in this attempt.</param>
    /// <param name="write">Writes the bytes, in order.</param>
    /// <param name="cancellation">Cancels the writing.</param>
    /// <returns>The handle, once the file is durable.</returns>
    ValueTask<StateHandle> ShareAsync(string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation);
}
