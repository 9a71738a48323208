using System.IO.Hashing;
using Weir.Runtime.State;

namespace Weir.RocksDbState.Tests.Doubles;

/// <summary>A checkpoint store in memory, for the files of one operator.</summary>
internal sealed class RecordedFiles : ISnapshotFiles
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private int _written;

    /// <summary>Gets the shared files that were written since <see cref="Begin"/>.</summary>
    public HashSet<SharedFile> Written { get; } = [];

    /// <summary>Gets or sets how many files may be written before one fails.</summary>
    public int Left { get; set; } = int.MaxValue;

    /// <summary>Gets or sets the attempt that writes.</summary>
    public long Attempt { get; set; } = 1;

    /// <summary>Gets or sets who writes: begins the names.</summary>
    public string Owner { get; set; } = "";

    /// <summary>A snapshot begins.</summary>
    public void Begin() => Written.Clear();

    public async ValueTask<StateHandle> WriteAsync(Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
    {
        var name = $"file-{_written++}";
        var bytes = await AddAsync(name, write, cancellation);
        return new StateHandle.InFile(name, bytes.Length, Crc32.HashToUInt32(bytes));
    }

    public async ValueTask<StateHandle> ShareAsync(
        string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
    {
        var file = new SharedFile(Attempt, $"{Owner}-{name}");
        var bytes = await AddAsync(file.ToString(), write, cancellation);
        Written.Add(file);
        return new StateHandle.InSharedFile(file, bytes.Length, Crc32.HashToUInt32(bytes));
    }

    /// <summary>What an operator restores of a snapshot.</summary>
    public OperatorState StateOf(OperatorSnapshot snapshot) =>
        snapshot.ToState([.. snapshot.Handles.Select(handle => new StoredState(handle, () => Open(handle)))]);

    /// <summary>Deletes the shared files that none of these snapshots refers to.</summary>
    public void Keep(IEnumerable<OperatorSnapshot> snapshots)
    {
        var kept = snapshots.SelectMany(snapshot => snapshot.SharedFiles).Select(file => file.ToString()).ToHashSet();
        foreach (var name in _files.Keys.ToList())
        {
            if (!name.StartsWith("file-", StringComparison.Ordinal) && !kept.Contains(name))
            {
                _files.Remove(name);
            }
        }
    }

    private MemoryStream Open(StateHandle handle) => handle switch
    {
        StateHandle.Inline inline => new MemoryStream(inline.Bytes.ToArray(), writable: false),
        StateHandle.InFile file => new MemoryStream(_files[file.Name], writable: false),
        _ => new MemoryStream(_files[((StateHandle.InSharedFile)handle).File.ToString()], writable: false),
    };

    private async ValueTask<byte[]> AddAsync(
        string name, Func<Stream, CancellationToken, ValueTask> write, CancellationToken cancellation)
    {
        if (Left-- <= 0)
        {
            throw new IOException("Injected: the disk of the store is full.");
        }

        using var stream = new MemoryStream();
        await write(stream, cancellation);
        Assert.True(_files.TryAdd(name, stream.ToArray()), $"{name} was written twice");
        return _files[name];
    }
}
