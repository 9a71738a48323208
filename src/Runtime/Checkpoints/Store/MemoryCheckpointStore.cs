using Weir.Runtime.Checkpoints.Store;

namespace Weir;

/// <summary>Keeps checkpoints in memory: a job survives its failures, but not the end of the process.</summary>
/// <param name="maxBytes">The most that all checkpoints of all jobs may hold; 1 GiB by default.</param>
public sealed class MemoryCheckpointStore(long maxBytes = 1L << 30) : ICheckpointStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _attempts = [];
    private readonly Dictionary<string, RunId> _runs = [];
    private readonly Dictionary<(string Job, CheckpointName Checkpoint), ReadOnlyMemory<byte>> _manifests = [];
    private readonly Dictionary<(string Job, CheckpointName Checkpoint, string File), ReadOnlyMemory<byte>> _files = [];
    private readonly Dictionary<(string Job, SharedFile File), ReadOnlyMemory<byte>> _sharedFiles = [];

    /// <inheritdoc/>
    public string Description => "memory";

    /// <summary>Gets the bytes that it holds now.</summary>
    public long SizeBytes { get; private set; }

    /// <inheritdoc/>
    public ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var attempt = _attempts.GetValueOrDefault(job) + 1;
            _attempts[job] = attempt;
            _runs.TryAdd(job, newRun);
            var last = _files.Keys.Where(key => key.Job == job).Select(key => key.Checkpoint.Id)
                .Concat(_manifests.Keys.Where(key => key.Job == job).Select(key => key.Checkpoint.Id))
                .DefaultIfEmpty()
                .Max();

            // State files of earlier attempts that no manifest names can never be used again.
            foreach (var key in _files.Keys.Where(key => key.Job == job && !_manifests.ContainsKey((job, key.Checkpoint))).ToList())
            {
                Remove(key);
            }

            return ValueTask.FromResult(new RecoveryPoint(attempt, _runs[job], List(job), last));
        }
    }

    /// <inheritdoc/>
    public ValueTask CheckFenceAsync(string job, long attempt, CancellationToken cancellation)
    {
        lock (_lock)
        {
            CheckFence(job, attempt);
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CheckpointName>> ListAsync(string job, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(List(job));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> HasManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation)
    {
        lock (_lock)
        {
            CheckFence(job, checkpoint.Attempt);
            return ValueTask.FromResult(_manifests.ContainsKey((job, checkpoint)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _manifests.TryGetValue((job, checkpoint), out var manifest)
                ? ValueTask.FromResult(manifest)
                : throw new FileNotFoundException($"The memory store holds no {checkpoint} of job '{job}'.");
        }
    }

    /// <inheritdoc/>
    public ValueTask<Stream> CreateStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        ValueTask.FromResult<Stream>(
            Create(job, checkpoint.Attempt, checkpoint.ToString(), content => _files[(job, checkpoint, file)] = content));

    /// <inheritdoc/>
    public ValueTask<Stream> OpenStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _files.TryGetValue((job, checkpoint, file), out var content)
                ? ValueTask.FromResult<Stream>(Open(content))
                : throw new FileNotFoundException($"The memory store holds no file '{file}' of {checkpoint} of job '{job}'.");
        }
    }

    /// <inheritdoc/>
    public ValueTask<Stream> CreateSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        ValueTask.FromResult<Stream>(Create(job, file.Attempt, $"The shared file {file}", content => _sharedFiles[(job, file)] = content));

    /// <inheritdoc/>
    public ValueTask<Stream> OpenSharedAsync(string job, SharedFile file, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _sharedFiles.TryGetValue((job, file), out var content)
                ? ValueTask.FromResult<Stream>(Open(content))
                : throw new FileNotFoundException($"The memory store holds no shared file {file} of job '{job}'.");
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SharedFile>> ListSharedAsync(string job, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<SharedFile>>(
                [.. _sharedFiles.Keys.Where(key => key.Job == job).Select(key => key.File)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteSharedAsync(string job, long attempt, SharedFile file, CancellationToken cancellation)
    {
        lock (_lock)
        {
            CheckFence(job, attempt);
            if (_sharedFiles.Remove((job, file), out var content))
            {
                SizeBytes -= content.Length;
            }

            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteManifestAsync(
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        lock (_lock)
        {
            CheckFence(job, checkpoint.Attempt);
            if (_manifests.ContainsKey((job, checkpoint)))
            {
                throw new IOException($"The memory store holds {checkpoint} of job '{job}' already; a checkpoint is never replaced.");
            }

            Reserve(manifest.Length, checkpoint.ToString());
            _manifests[(job, checkpoint)] = manifest.ToArray();
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation)
    {
        lock (_lock)
        {
            CheckFence(job, attempt);
            if (_manifests.Remove((job, checkpoint), out var manifest))
            {
                SizeBytes -= manifest.Length;
            }

            foreach (var key in _files.Keys.Where(key => key.Job == job && key.Checkpoint == checkpoint).ToList())
            {
                Remove(key);
            }

            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(string job, long attempt) => ValueTask.CompletedTask;

    private static MemoryStream Open(ReadOnlyMemory<byte> content) => new MemoryStream(content.ToArray(), writable: false);

    private MemoryOutput Create(string job, long attempt, string what, Action<ReadOnlyMemory<byte>> keep)
    {
        lock (_lock)
        {
            CheckFence(job, attempt);
        }

        return new MemoryOutput(
            bytes => Locked(() => Reserve(bytes, what)),
            bytes => Locked(() => SizeBytes -= bytes),
            content => Locked(() =>
            {
                CheckFence(job, attempt);
                keep(content);
            }));
    }

    private void Locked(Action change)
    {
        lock (_lock)
        {
            change();
        }
    }

    private IReadOnlyList<CheckpointName> List(string job) =>
        [.. _manifests.Keys.Where(key => key.Job == job).Select(key => key.Checkpoint).OrderDescending()];

    private void Remove((string, CheckpointName, string) key)
    {
        SizeBytes -= _files[key].Length;
        _files.Remove(key);
    }

    private void Reserve(long bytes, string what)
    {
        if (SizeBytes + bytes > maxBytes)
        {
            throw new IOException(
                $"{what} does not fit into memory: the store holds {SizeBytes:N0} of at most {maxBytes:N0} bytes, {bytes:N0} more are "
                    + "needed. "
                + $"Set {nameof(JobOptions)}.{nameof(JobOptions.CheckpointDirectory)} to keep checkpoints on disk, lower "
                + $"{nameof(JobOptions.RetainedCheckpoints)}, or raise the store's limit.");
        }

        SizeBytes += bytes;
    }

    private void CheckFence(string job, long attempt)
    {
        var newest = _attempts.GetValueOrDefault(job);
        if (attempt < newest)
        {
            throw new FencedException($"Attempt {attempt} of job '{job}' was fenced by attempt {newest} in the memory store.");
        }
    }
}
