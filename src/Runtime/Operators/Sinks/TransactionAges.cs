using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Operators.Sinks;

/// <summary>Since when the transactions of a sink have been there: a database ends those that grow too old.</summary>
/// <param name="time">The clock.</param>
/// <param name="counters">Where the oldest is shown.</param>
internal sealed class TransactionAges(TimeProvider time, TransactionCounters counters)
{
    // In order of their checkpoints, and so of age.
    private readonly Queue<(CheckpointId Checkpoint, long Since)> _waiting = new();
    private long? _open;

    /// <summary>A transaction has been begun.</summary>
    public void Begun()
    {
        _open = time.GetTimestamp();
        Show();
    }

    /// <summary>The open transaction waits from now on for the end of a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="hasNext">Whether another one has been begun behind it.</param>
    public void Cut(CheckpointId checkpoint, bool hasNext)
    {
        _waiting.Enqueue((checkpoint, _open ?? time.GetTimestamp()));
        _open = hasNext ? time.GetTimestamp() : null;
        Show();
    }

    /// <summary>All transactions up to a checkpoint have been committed.</summary>
    public void Ended(CheckpointId checkpoint)
    {
        while (_waiting.TryPeek(out var oldest) && oldest.Checkpoint <= checkpoint)
        {
            _waiting.Dequeue();
        }

        Show();
    }

    private void Show() => counters.SetOldest(_waiting.TryPeek(out var oldest) ? oldest.Since : _open);
}
