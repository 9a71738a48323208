namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>The last checkpoints of a job, over all its attempts. May be asked by any thread at any time.</summary>
/// <param name="time">The job's clock.</param>
internal sealed class CheckpointHistory(TimeProvider time)
{
    /// <summary>How many are remembered.</summary>
    public const int Capacity = 100;

    private readonly Lock _lock = new();

    // The newest last.
    private readonly List<(JobCheckpoint Checkpoint, long Since)> _entries = [];

    /// <summary>Gets them, the newest first.</summary>
    public IReadOnlyList<JobCheckpoint> Newest
    {
        get
        {
            lock (_lock)
            {
                return [.. Enumerable.Reverse(_entries).Select(entry => entry.Checkpoint.State != CheckpointState.UnderWay
                    ? entry.Checkpoint
                    : entry.Checkpoint with { Duration = time.GetElapsedTime(entry.Since) })];
            }
        }
    }

    /// <summary>A checkpoint begins.</summary>
    public void Begin(JobCheckpoint checkpoint)
    {
        lock (_lock)
        {
            _entries.Add((checkpoint, time.GetTimestamp()));
            if (_entries.Count > Capacity)
            {
                _entries.RemoveAt(0);
            }
        }
    }

    /// <summary>More is known of a checkpoint. One that is forgotten already stays so.</summary>
    public void Change(JobCheckpoint checkpoint)
    {
        lock (_lock)
        {
            var place = _entries.FindLastIndex(entry => entry.Checkpoint.Name == checkpoint.Name);
            if (place >= 0)
            {
                _entries[place] = (checkpoint, _entries[place].Since);
            }
        }
    }

    /// <summary>The attempt has ended: nothing becomes of what was under way, unless the store knows better.</summary>
    public void EndAttempt()
    {
        lock (_lock)
        {
            for (var i = 0; i < _entries.Count; i++)
            {
                var (checkpoint, since) = _entries[i];
                if (checkpoint.State == CheckpointState.UnderWay)
                {
                    _entries[i] = (checkpoint with
                    {
                        State = CheckpointState.Failed,
                        Failure = "its attempt ended before it was complete",
                        Duration = time.GetElapsedTime(since),
                    }, since);
                }
            }
        }
    }
}
