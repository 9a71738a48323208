using Weir.Runtime.Scheduling;
using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Sinks;

/// <summary>A sink as its subtask drives it: cut at barriers, committed when a checkpoint exists.</summary>
internal interface ISinkOperator : IStatefulOperator, IAsyncDisposable
{
    /// <summary>
    /// Whether records may be written now. Not while a sink without transactions makes durable what it was given, nor while one that cannot
    /// write meanwhile waits for a decision.
    /// </summary>
    bool MayWrite { get; }

    /// <summary>Whether the stream may be cut now. A sink that takes no more records for a while may take a barrier all the same.</summary>
    bool MayCut => MayWrite;

    /// <summary>Gets when a call that is under way will have taken too long, and <see cref="Poll"/> throws.</summary>
    Deadline Overdue { get; }

    /// <summary>Called once, before the first record and after everything has recovered.</summary>
    void Open();

    /// <summary>Begins to make durable what was written since the last barrier.</summary>
    void OnBarrier(Barrier barrier);

    /// <summary>Whether that has been done, up to a checkpoint.</summary>
    bool IsPreCommitted(CheckpointId checkpoint);

    /// <summary>Writes the state that belongs to a checkpoint. Once, after <see cref="IsPreCommitted"/>.</summary>
    void Snapshot(CheckpointId checkpoint, OperatorStateWriter writer);

    /// <summary>Begins to commit everything up to a checkpoint, which exists.</summary>
    void Commit(CheckpointId checkpoint);

    /// <summary>A checkpoint was given up: nothing is aborted, but nothing is decided for it any more.</summary>
    void Forget(CheckpointId checkpoint);

    /// <summary>Whether everything up to a checkpoint has been committed.</summary>
    bool IsCommitted(CheckpointId checkpoint);

    /// <summary>Looks whether work has ended; throws what it failed with.</summary>
    /// <returns>Whether any has.</returns>
    bool Poll();

    ValueTask RecoverAsync(CancellationToken cancellation);

    ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation);
}
