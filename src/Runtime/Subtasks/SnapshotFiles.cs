using System.Globalization;
using Weir.Runtime.State;

namespace Weir.Runtime.Subtasks;

/// <summary>The files of one operator in one subtask for one checkpoint, in the checkpoint store.</summary>
/// <param name="store">The store.</param>
/// <param name="job">The job's name.</param>
/// <param name="checkpoint">The checkpoint.</param>
/// <param name="owner">Begins the names of the files: no two operators of a job have the same.</param>
internal sealed class SnapshotFiles(ICheckpointStore store, string job, CheckpointName checkpoint, string owner) : ISnapshotFiles
{
    private int _files;

    /// <summary>What begins the names of the files of an operator.</summary>
    public static string OwnerOf(SubtaskId subtask, int position) =>
        string.Create(CultureInfo.InvariantCulture, $"{subtask.Chain}-{subtask.Index}-{position}");

    public async ValueTask<StateHandle> WriteAsync(Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{owner}-{_files++}.state");
        var stream = await store.CreateStateAsync(job, checkpoint, name, cancellation).ConfigureAwait(false);
        var (length, crc) = await WriteAllAsync(stream, write, cancellation).ConfigureAwait(false);
        return new StateHandle.InFile(name, length, crc);
    }

    public async ValueTask<StateHandle> ShareAsync(
        string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
    {
        var file = new SharedFile(checkpoint.Attempt, $"{owner}-{name}");
        var stream = await store.CreateSharedAsync(job, file, cancellation).ConfigureAwait(false);
        var (length, crc) = await WriteAllAsync(stream, write, cancellation).ConfigureAwait(false);
        return new StateHandle.InSharedFile(file, length, crc);
    }

    private static async ValueTask<(long Length, uint Crc)> WriteAllAsync(
        Stream stream, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
    {
        await using (stream.ConfigureAwait(false))
        {
            var summed = new SummingStream(stream);
            await write(summed, cancellation).ConfigureAwait(false);
            await stream.FlushAsync(cancellation).ConfigureAwait(false);
            return (summed.Written, summed.Crc);
        }
    }
}
