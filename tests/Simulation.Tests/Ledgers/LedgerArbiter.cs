namespace Weir.Simulation.Tests.Ledgers;

/// <summary>Decides by the ledger's own transaction: the store's manifest alone makes no checkpoint.</summary>
internal sealed class LedgerArbiter(string job, ICheckpointStore store, LedgerClient ledger) : ICheckpointArbiter
{
    public async ValueTask<RecoveryPoint> FenceAndReadAsync(RunId newRun, CancellationToken cancellation)
    {
        var stored = await store.FenceAsync(job, newRun, cancellation);
        var decided = ledger.Call("fence", it => it.Fence(stored.Attempt));
        return stored with { Candidates = [.. stored.Candidates.Where(decided.Contains)] };
    }

    public async ValueTask CommitAsync(CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        await store.WriteManifestAsync(job, checkpoint, manifest, cancellation);
        ledger.Call("commit", it => it.Commit(checkpoint));
    }

    public ValueTask<bool> HasDecidedAsync(CheckpointName checkpoint, CancellationToken cancellation) =>
        ValueTask.FromResult(ledger.Call("ask", it => it.HasDecided(checkpoint)));
}
