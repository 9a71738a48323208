using System.Globalization;
using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.Runtime.State;

namespace Weir.RocksDbState.Snapshots;

/// <summary>A snapshot of the store: linked when all of the barrier is in it, then uploaded, as far as it is new.</summary>
/// <param name="behind">The store.</param>
/// <param name="room">Where it is linked to.</param>
/// <param name="shared">What need not be uploaded.</param>
/// <param name="index">What there is.</param>
/// <param name="number">Which snapshot of the operator it is, in this attempt.</param>
internal sealed class SnapshotUnderWay(WriteBehind behind, StoreRoom room, SharedTables shared, SnapshotIndex index, int number)
{
    // What is smaller lies in the manifest.
    private const int MaxInlineBytes = 4096;
    private const int CopyBytes = 1 << 20;

    private readonly Lock _gate = new();
    private IReadOnlyList<StoreFile>? _files;
    private IOException? _failure;
    private string? _directory;
    private volatile bool _isLinked;

    /// <summary>Gets or sets a value indicating whether the store has all of the barrier. For the subtask's thread.</summary>
    public bool IsSwept { get; set; }

    /// <summary>Gets a value indicating whether the store may be written to again.</summary>
    public bool IsLinked => _isLinked;

    /// <summary>Links the store, if that has not been done. On any thread, while nobody writes to the store.</summary>
    public void Link()
    {
        lock (_gate)
        {
            if (_isLinked)
            {
                return;
            }

            try
            {
                _directory = room.NewDirectory("snapshot");
                _files = behind.Store.Link(_directory);
            }
            catch (IOException failure)
            {
                // The checkpoint's, not the job's.
                _failure = failure;
            }

            _isLinked = true;
        }
    }

    /// <summary>The attempt ends: what has not been linked will not be.</summary>
    public void GiveUp()
    {
        lock (_gate)
        {
            _failure ??= _isLinked ? null : new IOException("The attempt ended before the state was linked.");
            _isLinked = true;
        }
    }

    /// <summary>Links and uploads; on the work pool.</summary>
    public async ValueTask<IReadOnlyList<StateHandle>> WriteAsync(ISnapshotFiles files, CancellationToken cancellation)
    {
        TaskCompletionSource? turn = null;
        try
        {
            Link();
            if (_failure is not null)
            {
                throw _failure;
            }

            (var before, turn) = shared.Begin(number);
            await before.WaitAsync(cancellation).ConfigureAwait(false);
            return await UploadAsync(files, cancellation).ConfigureAwait(false);
        }
        finally
        {
            turn?.TrySetResult();
            if (_directory is not null)
            {
                StoreRoom.Delete(_directory);
            }
        }
    }

    private async ValueTask<IReadOnlyList<StateHandle>> UploadAsync(ISnapshotFiles files, CancellationToken cancellation)
    {
        var tables = new List<(string Name, StateHandle.InSharedFile File)>();
        var small = new List<(string, byte[])>();
        foreach (var file in _files!)
        {
            if (!file.IsTable)
            {
                small.Add((file.Name, await ReadAsync(file, cancellation).ConfigureAwait(false)));
                continue;
            }

            var handle = shared.Find(file.Name, file.Length) ?? (StateHandle.InSharedFile)await files
                .ShareAsync(NameOf(file), (stream, stop) => CopyAsync(file, stream, stop), cancellation).ConfigureAwait(false);
            tables.Add((file.Name, handle));
        }

        var bytes = (index with { Small = [.. small], Tables = [.. tables.Select(table => table.Name)] }).Encode();
        var first = bytes.Length <= MaxInlineBytes
            ? new StateHandle.Inline(bytes)
            : await files.WriteAsync((stream, stop) => stream.WriteAsync(bytes, stop), cancellation).ConfigureAwait(false);

        // All has been written: from now on the next snapshot may refer to it.
        shared.Set(tables);
        return [first, .. tables.Select(table => table.File)];
    }

    private string NameOf(StoreFile file) => string.Create(CultureInfo.InvariantCulture, $"{file.Name}.{number}");

    private static async ValueTask CopyAsync(StoreFile file, Stream to, CancellationToken cancellation)
    {
        var from = file.Open();
        await using (from.ConfigureAwait(false))
        {
            await from.CopyToAsync(to, CopyBytes, cancellation).ConfigureAwait(false);
        }
    }

    private static async ValueTask<byte[]> ReadAsync(StoreFile file, CancellationToken cancellation)
    {
        var bytes = new byte[file.Length];
        var from = file.Open();
        await using (from.ConfigureAwait(false))
        {
            await from.ReadExactlyAsync(bytes, cancellation).ConfigureAwait(false);
            return bytes;
        }
    }
}
