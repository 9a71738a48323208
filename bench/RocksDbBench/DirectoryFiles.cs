using System.IO.Hashing;
using Weir.Runtime.State;

namespace Weir.Bench.RocksDbState;

/// <summary>A checkpoint store in a directory, as plain as can be: what is measured is not the store.</summary>
internal sealed class DirectoryFiles(string directory) : ISnapshotFiles
{
    private int _files;

    /// <summary>Gets the bytes that were written.</summary>
    public long Bytes { get; private set; }

    public async ValueTask<StateHandle> WriteAsync(Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
    {
        var name = $"file-{Interlocked.Increment(ref _files)}";
        return new StateHandle.InFile(name, await AddAsync(name, write, cancellation), 0);
    }

    public async ValueTask<StateHandle> ShareAsync(
        string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation) =>
        new StateHandle.InSharedFile(new SharedFile(1, name), await AddAsync(name, write, cancellation), 0);

    public OperatorState StateOf(OperatorSnapshot snapshot, bool verifies) =>
        snapshot.ToState([.. snapshot.Handles.Select(handle => new StoredState(handle, () => Open(handle, verifies)))]);

    private FileStream Open(StateHandle handle, bool verifies)
    {
        var path = Path.Combine(directory, handle is StateHandle.InFile file ? file.Name : ((StateHandle.InSharedFile)handle).File.Name);
        if (verifies)
        {
            // As the reader of a checkpoint does before.
            using var sum = File.OpenRead(path);
            new Crc32().Append(sum);
        }

        return File.OpenRead(path);
    }

    private async ValueTask<long> AddAsync(string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
    {
        using var stream = File.Create(Path.Combine(directory, name));
        await write(stream, cancellation);
        stream.Flush(flushToDisk: true);
        Bytes += stream.Length;
        return stream.Length;
    }
}
