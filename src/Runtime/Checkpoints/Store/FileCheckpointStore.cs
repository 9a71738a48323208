using Weir.Runtime.Checkpoints.Store;
using Weir.Runtime.Files.Disk;

namespace Weir;

/// <summary>
/// Keeps checkpoints as files: <c>‹directory›/‹job›/chk-‹n›/manifest</c> and state files beside it. Any mounted file system serves that renames atomically.
/// </summary>
/// <remarks>
/// <para>A lock keeps a second process of this machine out. Where locks do not work, the attempt does: <see cref="FenceAsync"/> creates a file <c>attempt-‹k›</c>,
/// and each write looks for a newer one first. What a fenced process still manages to write carries its attempt in its name and is never read.</para>
/// <para>A manifest is written under a name of its attempt and renamed. The next attempt deletes such names before it looks which manifests there
/// are: a rename that comes too late finds nothing to rename.</para>
/// </remarks>
public sealed class FileCheckpointStore : ICheckpointStore, IDisposable
{
    private readonly IFileSystem _files;
    private readonly CheckpointPaths _paths;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IDisposable> _held = [];

    /// <summary>Makes a store.</summary>
    /// <param name="directory">Where; created if missing.</param>
    /// <param name="files">The file system: the machine's, or a simulated one in tests.</param>
    public FileCheckpointStore(string directory, IFileSystem? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        _files = files ?? PhysicalFileSystem.Instance;
        _paths = new CheckpointPaths(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
    }

    /// <inheritdoc/>
    public string Description => _paths.Root;

    /// <inheritdoc/>
    public ValueTask<long> FenceAsync(string job, CancellationToken cancellation)
    {
        Graph.Names.Check(job, "job");
        cancellation.ThrowIfCancellationRequested();
        try
        {
            DurableDirectory.Create(_files, _paths.Job(job));
            var isNew = TakeLock(job);
            try
            {
                var attempt = Attempts.Begin(_files, _paths.Job(job));
                CheckpointRemains.Delete(_files, _paths, job);
                return ValueTask.FromResult(attempt);
            }
            catch when (isNew)
            {
                // No attempt has begun that would let go of it.
                DropLock(job);
                throw;
            }
        }
        catch (IOException error) when (FileErrors.FileInTheWayOf(_files, _paths.Job(job)) is { } file)
        {
            throw new CheckpointStoreException(
                $"The checkpoint directory '{_paths.Job(job)}' cannot be created: '{file}' is a file. Choose another directory, or move the file away.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw NotWritable(job, error);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CheckpointId>> ListAsync(string job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!_files.DirectoryExists(_paths.Job(job)))
        {
            return ValueTask.FromResult<IReadOnlyList<CheckpointId>>([]);
        }

        CheckpointId[] existing = [.. _paths.Checkpoints(_files, job).Where(id => _files.FileExists(_paths.Manifest(job, id))).OrderDescending()];

        // Who renamed a manifest may have died before making that durable. Sinks commit what is listed here: it must not vanish with power afterwards.
        foreach (var checkpoint in existing)
        {
            _files.SyncDirectory(_paths.Checkpoint(job, checkpoint));
        }

        return ValueTask.FromResult<IReadOnlyList<CheckpointId>>(existing);
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(string job, CheckpointId checkpoint, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(WholeFile.Read(_files, _paths.Manifest(job, checkpoint)));
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(WholeFile.Read(_files, _paths.State(job, checkpoint, file)));
    }

    /// <inheritdoc/>
    public ValueTask WriteStateAsync(string job, CheckpointName checkpoint, string file, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Writing(job, checkpoint.Attempt, () =>
        {
            DurableDirectory.CreateWithin(_files, _paths.Job(job), _paths.Checkpoint(job, checkpoint.Id));

            // No other name first: until a manifest names the file, nobody reads it.
            WholeFile.Write(_files, _paths.State(job, checkpoint, file), content.Span);
            _files.SyncDirectory(_paths.Checkpoint(job, checkpoint.Id));
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask WriteManifestAsync(string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Writing(job, checkpoint.Attempt, () =>
        {
            // Whoever created it: what makes the checkpoint exist must not go with its directory.
            DurableDirectory.Create(_files, _paths.Checkpoint(job, checkpoint.Id));
            var unfinished = _paths.UnfinishedManifest(job, checkpoint);
            WholeFile.Write(_files, unfinished, manifest.Span);

            // After the file is there and before it is renamed: see the remarks of the class.
            Attempts.Check(_files, _paths.Job(job), job, checkpoint.Attempt);
            _files.Rename(unfinished, _paths.Manifest(job, checkpoint.Id));
            _files.SyncDirectory(_paths.Checkpoint(job, checkpoint.Id));
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string job, long attempt, CheckpointId checkpoint, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Writing(job, attempt, () =>
        {
            var directory = _paths.Checkpoint(job, checkpoint);
            if (_files.DirectoryExists(directory))
            {
                // The manifest goes first and for good: a checkpoint with a manifest but without its files must not be.
                _files.DeleteFile(_paths.Manifest(job, checkpoint));
                _files.SyncDirectory(directory);
                _files.DeleteDirectory(directory);
            }
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(string job, long attempt)
    {
        lock (_lock)
        {
            // A later attempt of this process shares the lock: then it is no longer this attempt's to release.
            if (_files.DirectoryExists(_paths.Job(job)) && Attempts.Newest(_files, _paths.Job(job)) <= attempt && _held.Remove(job, out var held))
            {
                held.Dispose();
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var held in _held.Values)
            {
                held.Dispose();
            }

            _held.Clear();
        }
    }

    /// <summary>Takes the job's lock, unless this store holds it already.</summary>
    private bool TakeLock(string job)
    {
        lock (_lock)
        {
            if (_held.ContainsKey(job))
            {
                return false;
            }

            _held[job] = _files.TryLock(_paths.Lock(job)) ?? throw new CheckpointStoreException(
                $"The job '{job}' is already running on the checkpoint directory '{_paths.Root}' (the lock is '{_paths.Lock(job)}'): " +
                "stop it, or give this one another checkpoint directory.");
            return true;
        }
    }

    private void DropLock(string job)
    {
        lock (_lock)
        {
            if (_held.Remove(job, out var held))
            {
                held.Dispose();
            }
        }
    }

    private void Writing(string job, long attempt, Action write)
    {
        try
        {
            Attempts.Check(_files, _paths.Job(job), job, attempt);
            write();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // The next attempt cleans away what this one was writing.
            Attempts.Check(_files, _paths.Job(job), job, attempt);
            throw;
        }
        catch (UnauthorizedAccessException error)
        {
            throw NotWritable(job, error);
        }
    }

    private CheckpointStoreException NotWritable(string job, Exception error) => new(
        $"The checkpoint directory '{_paths.Job(job)}' may not be written by the user this process runs as: check its permissions, or choose another. ({error.Message})", error);
}
