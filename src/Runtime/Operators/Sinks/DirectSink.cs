using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.State.Handles;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Sinks;

/// <summary>
/// Drives a <see cref="SinkWriter{T}"/> in one subtask: at a barrier, what was written is flushed before the checkpoint goes on and before
/// more is written.
/// </summary>
/// <param name="writer">The writer.</param>
/// <param name="id">The operator's id.</param>
/// <param name="description">What is written, for messages.</param>
/// <param name="subtask">The subtask.</param>
/// <param name="lists">What the writer keeps; null for nothing. Whatever it does it does alone, so that it may use it at any time.</param>
internal sealed class DirectSink<T>(
    SinkWriter<T> writer, string id, string description, SubtaskContext subtask, StoredLists? lists = null)
    : Receiver<T>, ISinkOperator
{
    private readonly SerialWork _work = new(id, description, subtask);
    private CheckpointId _flushed;

    public string Id => id;

    public IReadOnlyList<SchemaMember> Schemas => [.. lists?.Schemas ?? []];

    // Its writer is used by one thread at a time.
    public bool MayWrite => _work.IsIdle;

    public void Open()
    {
    }

    public override void OnBatch(Batch<T> batch)
    {
        writer.Write(batch);
        subtask.Counters.AddOut(batch.Count);
    }

    public override void OnWatermark(Watermark watermark) => subtask.Counters.SetWatermark(watermark.Time);

    public override void OnIdle(bool isIdle)
    {
    }

    public void OnBarrier(Barrier barrier)
    {
        var checkpoint = barrier.Checkpoint.Id;
        Drain();
        _work.Add($"flushing for {checkpoint}", writer.FlushAsync, () => _flushed = checkpoint);
    }

    public bool IsPreCommitted(CheckpointId checkpoint) => _flushed >= checkpoint;

    // Flushed, and not written to since.
    public void Snapshot(CheckpointId checkpoint, OperatorStateWriter writer) => Snapshot(writer);

    public void Snapshot(OperatorStateWriter writer) => lists?.Write(writer);

    public void Restore(OperatorState state) => lists?.Restore(state);

    public void Commit(CheckpointId checkpoint)
    {
    }

    public void Forget(CheckpointId checkpoint)
    {
    }

    public bool IsCommitted(CheckpointId checkpoint) => true;

    public Deadline Overdue => _work.Overdue;

    // Not while records are written: a step may write several batches, and only between steps is nobody at the writer.
    public bool Poll()
    {
        var isProgress = _work.Poll();
        if (_work.IsIdle)
        {
            Drain();
        }

        return isProgress;
    }

    public async ValueTask RecoverAsync(CancellationToken cancellation)
    {
        try
        {
            await writer.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            throw OperatorFailure.Of(id, subtask.Job.Name, subtask.Index, $"starting to write {description}", failure);
        }
    }

    public ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _work.CloseAsync(writer.DisposeAsync);

    // Who takes the records sets the pace, so that there is no limit to it.
    private void Drain()
    {
        if (writer.HasBacklog)
        {
            _work.AddUnlimited("handing records on", HandOnAsync);
        }
    }

    private async ValueTask HandOnAsync(CancellationToken cancellation)
    {
        subtask.Job.Takers.Begin();
        try
        {
            await writer.DrainAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            subtask.Job.Takers.End(subtask.Job.Time.GetTimestamp());
        }
    }
}
