namespace Weir.Runtime.Subtasks;

/// <summary>The barriers that came by command and are not cut yet, in order.</summary>
internal sealed class UncutBarriers
{
    private readonly Queue<Barrier> _barriers = new();

    public bool IsEmpty => _barriers.Count == 0;

    public Barrier? Next => _barriers.TryPeek(out var next) ? next : null;

    public void Add(Barrier barrier) => _barriers.Enqueue(barrier);

    public Barrier Take() => _barriers.Dequeue();

    /// <summary>A checkpoint was given up: its barrier is not cut any more.</summary>
    public void Forget(CheckpointId checkpoint)
    {
        for (var left = _barriers.Count; left > 0; left--)
        {
            if (_barriers.Dequeue() is var barrier && barrier.Checkpoint.Id != checkpoint)
            {
                _barriers.Enqueue(barrier);
            }
        }
    }
}
