using Weir.Runtime;
using Weir.Runtime.Checkpoints.Store;
using Weir.Runtime.Files.Disk;

namespace Weir;

/// <summary>
/// Keeps checkpoints as files: <c>‹directory›/‹job›/chk-‹n›.a‹attempt›/manifest</c> and state files beside it. Any file system serves that
/// renames
/// atomically and shows each process what another has done.
/// </summary>
/// <remarks>
/// <para>A lock keeps a second process of this machine out. Where locks do not work, the attempt does. Attempt k creates a file
/// <c>attempt-‹k›</c>; then it
/// looks which manifests of older attempts there are; then it writes a file <c>seal-‹k›</c> that names them; then it looks whether an
/// attempt newer than itself has
/// begun, and does nothing if so. A manifest that no seal names was never decided.</para>
/// <para>A writer renames its manifest into place and then looks for a newer attempt. If there is none, that attempt's look will find the
/// manifest; if there is
/// one, its seal says whether the checkpoint exists, and the writer stops. No step depends on what was seen before it. See ADR 0012.</para>
/// </remarks>
public sealed class FileCheckpointStore : ICheckpointStore, IDisposable
{
    // A manifest holds handles and small items. What is larger is not one, and must not be read into memory to find that out.
    private const int MaxManifestBytes = 64 << 20;

    private readonly IFileSystem _files;
    private readonly CheckpointPaths _paths;
    private readonly JobLocks _locks;

    /// <summary>Makes a store.</summary>
    /// <param name="directory">Where; created if missing.</param>
    /// <param name="files">The file system: the machine's, or a simulated one in tests.</param>
    public FileCheckpointStore(string directory, IFileSystem? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        _files = files ?? PhysicalFileSystem.Instance;
        _locks = new JobLocks(_files);
        _paths = new CheckpointPaths(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
    }

    /// <inheritdoc/>
    public string Description => _paths.Root;

    /// <inheritdoc/>
    public ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation)
    {
        Graph.Names.Check(job, "job");
        cancellation.ThrowIfCancellationRequested();
        try
        {
            CreateDirectory(job);
            TakeLock(job);
            RecoveryPoint? begun = null;
            try
            {
                begun = Begin(job, newRun);
                return ValueTask.FromResult(begun);
            }
            finally
            {
                _locks.Leave(_paths.Lock(job), begun?.Attempt);
            }
        }
        catch (IOException error) when (FileErrors.FileInTheWayOf(_files, _paths.Job(job)) is { } file)
        {
            throw new CheckpointStoreException(
                $"The checkpoint directory '{_paths.Job(job)}' cannot be created: '{file}' is a file. Choose another directory, or move "
                    + "the file away.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw NotWritable(job, error);
        }
    }

    /// <inheritdoc/>
    public ValueTask CheckFenceAsync(string job, long attempt, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Attempts.Check(_files, _paths.Job(job), job, attempt);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CheckpointName>> ListAsync(string job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (_files.DirectoryExists(_paths.Job(job)))
        {
            var newest = Seal.Newest(_files, _paths.Job(job), long.MaxValue);
            try
            {
                return ValueTask.FromResult(Settled(job, long.MaxValue, default).Checkpoints);
            }
            catch (FileNotFoundException)
            {
                // A new attempt has begun meanwhile, and has deleted the seals before its own: what it settled counts.
                if (Seal.Newest(_files, _paths.Job(job), long.MaxValue) <= newest)
                {
                    throw;
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<CheckpointName>>([]);
    }

    /// <inheritdoc/>
    public ValueTask<bool> HasManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var exists = IsThere(job, checkpoint);

        // After the look: before it, a newer attempt could begin in between and not see what is found here.
        Attempts.Check(_files, _paths.Job(job), job, checkpoint.Attempt);
        return ValueTask.FromResult(exists);
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(WholeFile.Read(_files, _paths.Manifest(job, checkpoint), MaxManifestBytes));
    }

    /// <inheritdoc/>
    public ValueTask<Stream> CreateStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = _paths.State(job, checkpoint, file);
        return ValueTask.FromResult(
            Create(job, checkpoint.Attempt, _paths.Checkpoint(job, checkpoint), path, () => Retract(job, checkpoint)));
    }

    /// <inheritdoc/>
    public ValueTask<Stream> OpenStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Stream>(new StateInput(_files.OpenRead(_paths.State(job, checkpoint, file))));
    }

    /// <inheritdoc/>
    public ValueTask<Stream> CreateSharedAsync(string job, SharedFile file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = _paths.Shared(job, file);
        return ValueTask.FromResult(Create(job, file.Attempt, _paths.SharedFiles(job), path, () => _files.DeleteFile(path)));
    }

    /// <inheritdoc/>
    public ValueTask<Stream> OpenSharedAsync(string job, SharedFile file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Stream>(new StateInput(_files.OpenRead(_paths.Shared(job, file))));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SharedFile>> ListSharedAsync(string job, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_paths.Shared(_files, job));
    }

    /// <inheritdoc/>
    public ValueTask DeleteSharedAsync(string job, long attempt, SharedFile file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Invariant.Holds(file.Attempt <= attempt, $"attempt {attempt} of job {job} deletes {file}, which a newer one wrote");
        Writing(job, attempt, () => _files.DeleteFile(_paths.Shared(job, file)));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask WriteManifestAsync(
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Writing(job, checkpoint.Attempt, () =>
        {
            // Whoever created it: what makes the checkpoint exist must not go with its directory.
            DurableDirectory.Create(_files, _paths.Checkpoint(job, checkpoint));
            var unfinished = _paths.UnfinishedManifest(job, checkpoint);
            WholeFile.Write(_files, unfinished, manifest.Span);
            _files.Rename(unfinished, _paths.Manifest(job, checkpoint));
            _files.SyncDirectory(_paths.Checkpoint(job, checkpoint));

            // After it has appeared: see the remarks of the class.
            Attempts.Check(_files, _paths.Job(job), job, checkpoint.Attempt);
        }, () => Retract(job, checkpoint));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Invariant.Holds(checkpoint.Attempt <= attempt, $"attempt {attempt} of job {job} deletes {checkpoint}, which a newer one took");
        Writing(job, attempt, () => CheckpointRemains.Delete(_files, _paths, job, checkpoint));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(string job, long attempt)
    {
        _locks.Release(_paths.Lock(job), attempt);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _locks.Dispose();

    private RecoveryPoint Begin(string job, RunId newRun)
    {
        var directory = _paths.Job(job);

        // Above whatever is there, should somebody have deleted the files that count attempts.
        var known = _paths.Checkpoints(_files, job).Select(checkpoint => checkpoint.Attempt)
            .Append(Seal.Newest(_files, directory, long.MaxValue)).Max();
        var attempt = Attempts.Begin(_files, directory, known);
        var seal = Settle(job, attempt, newRun);

        // Only the newest may act on its seal: a newer one may have settled otherwise.
        Attempts.Check(_files, directory, job, attempt);
        CheckpointRemains.Delete(_files, _paths, job, attempt, seal.Checkpoints);
        return new RecoveryPoint(attempt, seal.RunId, seal.Checkpoints, seal.Last);
    }

    private Seal Settle(string job, long attempt, RunId newRun)
    {
        try
        {
            var seal = Settled(job, attempt, newRun);
            seal.Write(_files, _paths.Job(job), attempt);
            return seal;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // A newer attempt, which has sealed, deletes the seals before its own, finished or not.
            Attempts.Check(_files, _paths.Job(job), job, attempt);
            throw;
        }
    }

    /// <summary>What exists, as an attempt finds it: what the newest seal before it names, and what its attempt decided since.</summary>
    private Seal Settled(string job, long before, RunId newRun)
    {
        var directory = _paths.Job(job);
        var newest = Seal.Newest(_files, directory, before);
        var sealing = newest == 0 ? new Seal(newRun, default, []) : Seal.Read(_files, directory, newest);
        var all = _paths.Checkpoints(_files, job);
        var exist = all
            .Where(checkpoint => newest == 0 ? checkpoint.Attempt < before : checkpoint.Attempt == newest
                || sealing.Checkpoints.Contains(checkpoint))
            .Where(checkpoint => IsThere(job, checkpoint))
            .OrderDescending()
            .ToList();

        // Of checkpoints that exist the newest stays until there is a newer one. If none is left, somebody has deleted them: then another
        // life begins.
        var isOver = sealing.Checkpoints.Count > 0 && exist.Count == 0;
        return new Seal(isOver ? newRun : sealing.RunId, all.Select(checkpoint => checkpoint.Id).Append(sealing.Last).Max(), exist);
    }

    /// <summary>Whether a checkpoint has its manifest, for good.</summary>
    private bool IsThere(string job, CheckpointName checkpoint)
    {
        if (!_files.FileExists(_paths.Manifest(job, checkpoint)))
        {
            return false;
        }

        try
        {
            // Who renamed a manifest may have died before making that durable. Sinks commit what is found here: it must not vanish with
            // power afterwards.
            _files.SyncDirectory(_paths.Checkpoint(job, checkpoint));
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // An attempt that is being shut out deletes what it no longer needs.
            return false;
        }
    }

    private void TakeLock(string job)
    {
        var path = _paths.Lock(job);
        switch (_locks.Enter(path))
        {
            case JobLock.Elsewhere:
                throw new CheckpointStoreException(
                    $"The job '{job}' is already running on the checkpoint directory '{_paths.Root}' (the lock is '{path}'): stop it, or "
                        + "give this one another checkpoint directory.");
            case JobLock.Unanswered:
                throw new IOException(
                    $"An earlier attempt of job '{job}' has asked for the lock '{path}' and has not been answered yet: the file system of "
                        + "the checkpoint directory does not respond.");
        }
    }

    private Stream Create(string job, long attempt, string directory, string path, Action retract) => Writing(job, attempt, () =>
    {
        DurableDirectory.CreateWithin(_files, _paths.Job(job), directory);

        // No other name first: until a manifest names the file, nobody reads it.
        var file = _files.CreateNew(path);
        try
        {
            // The call may have stood still for so long that the next attempt has cleaned up already.
            Attempts.Check(_files, _paths.Job(job), job, attempt);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return (Stream)new StateOutput(file, () => Writing(job, attempt, () => _files.SyncDirectory(directory), retract));
    }, retract);

    // What a superseded attempt has written after its successor had cleaned up: nobody else would delete it.
    private void Retract(string job, CheckpointName checkpoint) => CheckpointRemains.DeleteUnsealed(_files, _paths, job, checkpoint);

    private void Writing(string job, long attempt, Action write, Action? retract = null) => Writing(job, attempt, () =>
    {
        write();
        return true;
    }, retract);

    private T Writing<T>(string job, long attempt, Func<T> write, Action? retract)
    {
        try
        {
            Attempts.Check(_files, _paths.Job(job), job, attempt);
            return Fenced(job, attempt, write);
        }
        catch (FencedException)
        {
            TryTo(retract);
            throw;
        }
        catch (UnauthorizedAccessException error)
        {
            throw NotWritable(job, error);
        }
    }

    private static void TryTo(Action? retract)
    {
        try
        {
            retract?.Invoke();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CheckpointStoreException)
        {
            // What stays takes room until the next start: not worth hiding that this attempt must stop.
        }
    }

    // Whatever fails because the next attempt cleans away what this one was writing.
    private T Fenced<T>(string job, long attempt, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (IOException)
        {
            Attempts.Check(_files, _paths.Job(job), job, attempt);
            throw;
        }
    }

    // A place where no directory can be will be none after a restart either. What exists and cannot be reached just now may come back.
    private void CreateDirectory(string job)
    {
        try
        {
            DurableDirectory.Create(_files, _paths.Job(job));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointStoreException(
                $"The checkpoint directory '{_paths.Job(job)}' of job '{job}' cannot be created: {error.Message} Choose another directory "
                + $"({nameof(JobOptions)}.{nameof(JobOptions.CheckpointDirectory)}).",
                error);
        }
    }

    private CheckpointStoreException NotWritable(string job, Exception error) => new(
        $"The checkpoint directory '{_paths.Job(job)}' may not be written by the user this process runs as: check its permissions, or "
            + $"choose another. ({error.Message})", error);
}
