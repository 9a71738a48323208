using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Tests.Checkpoints.Arbiter;

/// <summary>
/// A sink that is its job's arbiter: its own transaction carries the rows and the checkpoint's name, and its commit is the decision.
/// </summary>
/// <remarks>
/// As with Kafka, a transaction dies with its process, and nothing may be written into it between pre-commit and decision. An abort costs a
/// replay, never data.
/// </remarks>
internal sealed class LedgerSink<T>(string job, ICheckpointStore store, IFileSystem files, string directory, Func<T, string> row)
    : ISink<T>, ICheckpointArbiter
{
    private readonly Func<T, string> _row = row;
    private readonly Ledger _ledger = new(files, directory);
    private readonly SortedDictionary<CheckpointId, List<string>> _staged = [];

    public string Description => $"the ledger in {directory}";

    /// <summary>What happens before a decision is carried out; may throw.</summary>
    public Action<CheckpointName>? BeforeCommit { get; set; }

    /// <summary>What happens after one was carried out; may throw, and so lose the answer.</summary>
    public Action<CheckpointName>? AfterCommit { get; set; }

    public IReadOnlyList<string> Rows => _ledger.Rows;

    public ISinkWriter<T> Open(SinkContext context) => new Writer(this);

    public async ValueTask<RecoveryPoint> FenceAndReadAsync(RunId newRun, CancellationToken cancellation)
    {
        var point = await store.FenceAsync(job, newRun, cancellation);
        try
        {
            _ledger.Fence(point.Attempt);
            _staged.Clear();
            var decided = _ledger.Decided;

            // Of older ones those that are kept; the newest must be there.
            return point with
            {
                Candidates = [.. decided.Where((checkpoint, position) =>
                position == 0 || point.Candidates.Contains(checkpoint))]
            };
        }
        catch
        {
            await store.ReleaseAsync(job, point.Attempt);
            throw;
        }
    }

    public async ValueTask CommitAsync(CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        await store.WriteManifestAsync(job, checkpoint, manifest, cancellation);
        BeforeCommit?.Invoke(checkpoint);
        _ledger.Commit(checkpoint, [.. _staged.Where(pair => pair.Key <= checkpoint.Id).SelectMany(pair => pair.Value)]);
        DropUpTo(checkpoint);
        AfterCommit?.Invoke(checkpoint);
    }

    public ValueTask<bool> HasDecidedAsync(CheckpointName checkpoint, CancellationToken cancellation)
    {
        var isDecided = _ledger.HasDecided(checkpoint);
        if (isDecided)
        {
            DropUpTo(checkpoint);
        }

        return ValueTask.FromResult(isDecided);
    }

    private void DropUpTo(CheckpointName checkpoint)
    {
        foreach (var id in _staged.Keys.Where(id => id <= checkpoint.Id).ToList())
        {
            _staged.Remove(id);
        }
    }

    private sealed class Writer(LedgerSink<T> sink) : TwoPhaseCommitSink<T, long>
    {
        private readonly List<string> _open = [];
        private long _transactions;

        public override Codec<long> TransactionCodec => Codecs.Of<long>();

        public override bool MayWriteWhilePending => false;

        public override long Begin()
        {
            Assert.Empty(_open);
            return ++_transactions;
        }

        public override void Write(long transaction, Batch<T> batch)
        {
            Assert.Equal(_transactions, transaction);
            foreach (var value in batch.Values)
            {
                _open.Add(sink._row(value));
            }
        }

        public override ValueTask<long> PreCommitAsync(long transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            var staged = sink._staged.TryGetValue(checkpoint.Id, out var others) ? others : sink._staged[checkpoint.Id] = [];
            staged.AddRange(_open);
            _open.Clear();
            return ValueTask.FromResult(transaction);
        }

        // The decision has committed it: with the checkpoint itself or with a later one.
        public override ValueTask CommitAsync(long transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            Assert.False(sink._staged.ContainsKey(checkpoint.Id));
            return ValueTask.CompletedTask;
        }

        public override ValueTask RecoverAndCommitAsync(long transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
            ValueTask.CompletedTask;

        public override ValueTask AbortAsync(long transaction, CancellationToken cancellation)
        {
            _open.Clear();
            return ValueTask.CompletedTask;
        }
    }
}
