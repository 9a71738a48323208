namespace Weir.Runtime.Tests.Doubles;

/// <summary>A memory store that fails as told: its next calls, before or after they have done their work, or what it has kept.</summary>
internal sealed class FaultyStore : ICheckpointStore
{
    private readonly MemoryCheckpointStore _store = new();

    /// <summary>Gets or sets how many of the next state files cannot be written.</summary>
    public int StateFailures { get; set; }

    /// <summary>Gets or sets how many of the next manifests cannot be written.</summary>
    public int ManifestFailures { get; set; }

    /// <summary>Gets or sets how many of the next manifests are written without the writer being told.</summary>
    public int LostAnswers { get; set; }

    /// <summary>Gets or sets how many of the next looks for a manifest fail.</summary>
    public int LookFailures { get; set; }

    /// <summary>Gets or sets how many of the next deletions fail.</summary>
    public int DeleteFailures { get; set; }

    /// <summary>Gets or sets what happens before each manifest is written.</summary>
    public Action? BeforeManifest { get; set; }

    /// <summary>Gets or sets what happens before each fencing.</summary>
    public Action? BeforeFence { get; set; }

    /// <summary>Gets the checkpoints whose manifests are handed out with a byte changed.</summary>
    public SortedSet<CheckpointName> Damaged { get; } = [];

    /// <summary>Gets how often it was released.</summary>
    public int Releases { get; private set; }

    public string Description => "the faulty store";

    public ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation)
    {
        BeforeFence?.Invoke();
        return _store.FenceAsync(job, newRun, cancellation);
    }

    public ValueTask CheckFenceAsync(string job, long attempt, CancellationToken cancellation) =>
        _store.CheckFenceAsync(job, attempt, cancellation);

    public ValueTask<bool> HasManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation) =>
        LookFailures-- > 0 ? throw new IOException("cannot look") : _store.HasManifestAsync(job, checkpoint, cancellation);

    public ValueTask<IReadOnlyList<CheckpointName>> ListAsync(string job, CancellationToken cancellation) =>
        _store.ListAsync(job, cancellation);

    public async ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var bytes = (await _store.ReadManifestAsync(job, checkpoint, cancellation)).ToArray();
        bytes[bytes.Length / 2] ^= Damaged.Contains(checkpoint) ? (byte)1 : (byte)0;
        return bytes;
    }

    public ValueTask<Stream> CreateStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        StateFailures-- > 0 ? throw new IOException("disk full") : _store.CreateStateAsync(job, checkpoint, file, cancellation);

    public ValueTask<Stream> OpenStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        _store.OpenStateAsync(job, checkpoint, file, cancellation);

    public ValueTask<Stream> CreateSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        StateFailures-- > 0 ? throw new IOException("disk full") : _store.CreateSharedAsync(job, file, cancellation);

    public ValueTask<Stream> OpenSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        _store.OpenSharedAsync(job, file, cancellation);

    public ValueTask<IReadOnlyList<SharedFile>> ListSharedAsync(string job, CancellationToken cancellation) =>
        _store.ListSharedAsync(job, cancellation);

    public ValueTask DeleteSharedAsync(string job, long attempt, SharedFile file, CancellationToken cancellation) =>
        _store.DeleteSharedAsync(job, attempt, file, cancellation);

    public ValueTask WriteManifestAsync(
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        BeforeManifest?.Invoke();
        if (ManifestFailures-- > 0)
        {
            throw new IOException("disk full");
        }

        var written = _store.WriteManifestAsync(job, checkpoint, manifest, cancellation);
        return LostAnswers-- > 0 ? throw new IOException("connection lost") : written;
    }

    public ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation) =>
        DeleteFailures-- > 0 ? throw new IOException("cannot delete") : _store.DeleteAsync(job, attempt, checkpoint, cancellation);

    public ValueTask ReleaseAsync(string job, long attempt)
    {
        Releases++;
        return _store.ReleaseAsync(job, attempt);
    }
}
