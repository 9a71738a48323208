namespace Weir.Runtime.Tests.Doubles;

/// <summary>A memory store that fails as told: its next calls, before or after they have done their work, or what it has kept.</summary>
internal sealed class FaultyStore() : PassingStore(new MemoryCheckpointStore())
{
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

    public override string Description => "the faulty store";

    public override ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation)
    {
        BeforeFence?.Invoke();
        return base.FenceAsync(job, newRun, cancellation);
    }

    public override ValueTask<bool> HasManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation) =>
        LookFailures-- > 0 ? throw new IOException("cannot look") : base.HasManifestAsync(job, checkpoint, cancellation);

    public override async ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(
        string job, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var bytes = (await base.ReadManifestAsync(job, checkpoint, cancellation)).ToArray();
        bytes[bytes.Length / 2] ^= Damaged.Contains(checkpoint) ? (byte)1 : (byte)0;
        return bytes;
    }

    public override ValueTask<Stream> CreateStateAsync(
        string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        StateFailures-- > 0 ? throw new IOException("disk full") : base.CreateStateAsync(job, checkpoint, file, cancellation);

    public override ValueTask<Stream> CreateSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        StateFailures-- > 0 ? throw new IOException("disk full") : base.CreateSharedAsync(job, file, cancellation);

    public override ValueTask WriteManifestAsync(
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        BeforeManifest?.Invoke();
        if (ManifestFailures-- > 0)
        {
            throw new IOException("disk full");
        }

        var written = base.WriteManifestAsync(job, checkpoint, manifest, cancellation);
        return LostAnswers-- > 0 ? throw new IOException("connection lost") : written;
    }

    public override ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation) =>
        DeleteFailures-- > 0 ? throw new IOException("cannot delete") : base.DeleteAsync(job, attempt, checkpoint, cancellation);

    public override ValueTask ReleaseAsync(string job, long attempt)
    {
        Releases++;
        return base.ReleaseAsync(job, attempt);
    }
}
