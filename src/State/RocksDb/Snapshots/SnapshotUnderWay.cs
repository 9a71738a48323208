using System.Globalization;
using System.Runtime.ExceptionServices;
using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.Runtime.State;

namespace Weir.RocksDbState.Snapshots;

/// <summary>
/// A snapshot of the store: what the barrier found is written to it, the store is linked, and what is new of it is uploaded.
/// </summary>
/// <param name="stage">What the barrier found.</param>
/// <param name="before">The snapshot before it, if that may not be linked yet: the store gets its stage first.</param>
/// <param name="behind">The store.</param>
/// <param name="room">Where it is linked to.</param>
/// <param name="shared">What need not be uploaded.</param>
/// <param name="index">What there is.</param>
/// <param name="number">Which snapshot of the operator it is, in this attempt.</param>
internal sealed class SnapshotUnderWay(
    Stage stage, SnapshotUnderWay? before, WriteBehind behind, IStoreRoom room, SharedTables shared, SnapshotIndex index, int number)
{
    // What is smaller lies in the manifest.
    private const int MaxInlineBytes = 4096;
    private const int CopyBytes = 1 << 20;

    private readonly Lock _gate = new();
    private SnapshotUnderWay? _before = before;
    private IReadOnlyList<StoreFile>? _files;
    private Exception? _failure;
    private Exception? _loss;
    private string? _directory;
    private bool _hasBegun;
    private volatile bool _isLinked;

    /// <summary>Gets what the barrier found.</summary>
    public Stage Stage => stage;

    /// <summary>Gets about how many bytes it takes until it is linked.</summary>
    public long Bytes => _isLinked ? 0 : stage.Bytes;

    /// <summary>Gets about how many bytes the store's live entries took when it was linked. To be asked when it is.</summary>
    public long StoredBytes { get; private set; }

    /// <summary>Gets or sets a value indicating whether all of the barrier is put aside. For the subtask's thread.</summary>
    public bool IsSwept { get; set; }

    /// <summary>Gets a value indicating whether the store has all of the barrier and may be written to again.</summary>
    public bool IsLinked => _isLinked;

    /// <summary>
    /// Writes what the barrier found and links the store, if that has not been done, and for those before it first. On any thread, while
    /// nobody else writes to the store.
    /// </summary>
    public void Link()
    {
        lock (_gate)
        {
            if (_isLinked)
            {
                return;
            }

            _before?.Link();
            _failure = _before?._loss;
            try
            {
                if (_failure is null)
                {
                    stage.WriteTo(behind.Store);
                }
            }
#pragma warning disable CA1031 // A codec is the user's; whatever it throws, the store lacks entries that the cache takes to be in it.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _failure = failure;
            }

            _loss = _failure;
            LinkWritten();
            _isLinked = true;
        }
    }

    /// <summary>The store has not got what the barrier found: the attempt cannot go on.</summary>
    /// <exception cref="IOException">What went wrong.</exception>
    public void ThrowIfLost()
    {
        if (_loss is { } loss)
        {
            throw new IOException($"RocksDB did not take the state of a checkpoint: {loss.Message}", loss);
        }
    }

    /// <summary>The attempt ends: what has not been linked will not be.</summary>
    public void GiveUp()
    {
        stage.GiveUp();
        lock (_gate)
        {
            _failure ??= _isLinked ? null : new IOException("The attempt ended before the state was linked.");
            _isLinked = true;
        }
    }

    /// <summary>Writes, links and uploads; on the work pool.</summary>
    public async ValueTask<IReadOnlyList<StateHandle>> WriteAsync(ISnapshotFiles files, CancellationToken cancellation)
    {
        TaskCompletionSource? turn = null;
        try
        {
            Begin();
            Link();
            if (_failure is not null)
            {
                ExceptionDispatchInfo.Throw(_failure);
            }

            (var before, turn) = shared.Begin(number);
            DiscardBefore();
            await before.WaitAsync(cancellation).ConfigureAwait(false);
            return await UploadAsync(files, cancellation).ConfigureAwait(false);
        }
        finally
        {
            turn?.TrySetResult();
            if (_directory is not null)
            {
                room.Discard(_directory);
            }
        }
    }

    private void Begin()
    {
        lock (_gate)
        {
            _hasBegun = true;
        }
    }

    // What was linked of a checkpoint that was given up before it was written will not be asked for any more.
    private void DiscardBefore()
    {
        if (Interlocked.Exchange(ref _before, null) is not { } earlier)
        {
            return;
        }

        earlier.DiscardBefore();
        lock (earlier._gate)
        {
            if (!earlier._hasBegun && earlier._directory is { } directory)
            {
                earlier._failure = new IOException("The state of a later checkpoint is being written already.");
                room.Discard(directory);
            }
        }
    }

    private void LinkWritten()
    {
        if (_failure is not null)
        {
            return;
        }

        StoredBytes = behind.Store.EstimateBytes();
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
