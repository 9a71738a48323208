namespace Weir;

/// <summary>Keeps checkpoints in memory: a job survives its failures, but not the end of the process.</summary>
/// <param name="maxBytes">The most that all checkpoints of all jobs may hold; 1 GiB by default.</param>
public sealed class MemoryCheckpointStore(long maxBytes = 1L << 30) : ICheckpointStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _attempts = [];
    private readonly Dictionary<(string Job, CheckpointName Checkpoint), ReadOnlyMemory<byte>> _manifests = [];
    private readonly Dictionary<(string Job, CheckpointName Checkpoint, string File), ReadOnlyMemory<byte>> _files = [];

    /// <inheritdoc/>
    public string Description => "memory";

    /// <summary>Gets the bytes that it holds now.</summary>
    public long SizeBytes { get; private set; }

    /// <inheritdoc/>
    public ValueTask<RecoveryPoint> FenceAsync(string job, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var attempt = _attempts.GetValueOrDefault(job) + 1;
            _attempts[job] = attempt;
            var last = _files.Keys.Where(key => key.Job == job).Select(key => key.Checkpoint.Id)
                .Concat(_manifests.Keys.Where(key => key.Job == job).Select(key => key.Checkpoint.Id))
                .DefaultIfEmpty()
                .Max();

            // State files of earlier attempts that no manifest names can never be used again.
            foreach (var key in _files.Keys.Where(key => key.Job == job && !_manifests.ContainsKey((job, key.Checkpoint))).ToList())
            {
                Remove(key);
            }

            return ValueTask.FromResult(new RecoveryPoint(attempt, List(job), last));
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
    public ValueTask WriteStateAsync(string job, CheckpointName checkpoint, string file, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        lock (_lock)
        {
            CheckFence(job, checkpoint.Attempt);
            var key = (job, checkpoint, file);
            Reserve(content.Length - (_files.TryGetValue(key, out var old) ? old.Length : 0), checkpoint);
            _files[key] = content.ToArray();
            return ValueTask.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _files.TryGetValue((job, checkpoint, file), out var content)
                ? ValueTask.FromResult(content)
                : throw new FileNotFoundException($"The memory store holds no file '{file}' of {checkpoint} of job '{job}'.");
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteManifestAsync(string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        lock (_lock)
        {
            CheckFence(job, checkpoint.Attempt);
            if (_manifests.ContainsKey((job, checkpoint)))
            {
                throw new IOException($"The memory store holds {checkpoint} of job '{job}' already; a checkpoint is never replaced.");
            }

            Reserve(manifest.Length, checkpoint);
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

    private IReadOnlyList<CheckpointName> List(string job) =>
        [.. _manifests.Keys.Where(key => key.Job == job).Select(key => key.Checkpoint).OrderDescending()];

    private void Remove((string, CheckpointName, string) key)
    {
        SizeBytes -= _files[key].Length;
        _files.Remove(key);
    }

    private void Reserve(long bytes, CheckpointName checkpoint)
    {
        if (SizeBytes + bytes > maxBytes)
        {
            throw new IOException(
                $"{checkpoint} does not fit into memory: the store holds {SizeBytes:N0} of at most {maxBytes:N0} bytes, {bytes:N0} more are needed. "
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
