using Weir.Runtime.State;

namespace Weir.Runtime.Tests.State.Tables;

/// <summary>Files of snapshots in memory.</summary>
internal sealed class StoredFiles
{
    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>Gets the bytes that have been written.</summary>
    public long Written { get; private set; }

    /// <summary>What a snapshot writes to.</summary>
    /// <param name="name">Begins the names of its own files.</param>
    /// <param name="fails">Whether no file can be written.</param>
    public ISnapshotFiles Of(string name, bool fails = false) => new Files(this, name, fails);

    /// <summary>What an operator restores of a snapshot.</summary>
    public OperatorState Read(OperatorSnapshot snapshot) =>
        snapshot.ToState([.. snapshot.Handles.Select(handle => new StoredState(handle, () => new MemoryStream(BytesOf(handle))))]);

    private byte[] BytesOf(StateHandle handle) => _files[handle switch
    {
        StateHandle.InFile file => file.Name,
        StateHandle.InSharedFile shared => shared.File.Name,
        _ => throw new InvalidOperationException($"{handle} is of no file"),
    }];

    private async ValueTask<long> Write(string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        await write(stream, cancellation);
        _files.Add(name, stream.ToArray());
        Written += stream.Length;
        return stream.Length;
    }

    private sealed class Files(StoredFiles all, string owner, bool fails) : ISnapshotFiles
    {
        public async ValueTask<StateHandle> WriteAsync(Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
        {
            var name = $"{owner}.state";
            return new StateHandle.InFile(name, await Write(name, write, cancellation), 0);
        }

        public async ValueTask<StateHandle> ShareAsync(
            string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
        {
            var file = new SharedFile(1, $"{owner}-{name}");
            return new StateHandle.InSharedFile(file, await Write(file.Name, write, cancellation), 0);
        }

        private ValueTask<long> Write(string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation) =>
            fails ? throw new IOException("disk full") : all.Write(name, write, cancellation);
    }
}
