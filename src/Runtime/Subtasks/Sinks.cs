using Weir.Runtime.Operators.Sinks;
using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Subtasks;

/// <summary>The sinks of one subtask: all are told what one is told.</summary>
/// <param name="sinks">The sinks. An array: every step walks it, and must not allocate an enumerator.</param>
internal sealed class Sinks(ISinkOperator[] sinks)
{
    /// <summary>Gets a value indicating whether all may be written to now.</summary>
    public bool MayWrite
    {
        get
        {
            foreach (var sink in sinks)
            {
                if (!sink.MayWrite)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Gets a value indicating whether the stream may be cut now in front of all of them.</summary>
    public bool MayCut
    {
        get
        {
            foreach (var sink in sinks)
            {
                if (!sink.MayCut)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Gets when a call of one of them will have taken too long.</summary>
    public Deadline Overdue
    {
        get
        {
            var next = Deadline.Never;
            foreach (var sink in sinks)
            {
                next = Deadline.Earlier(next, sink.Overdue);
            }

            return next;
        }
    }

    public async ValueTask RecoverAsync(CancellationToken cancellation)
    {
        foreach (var sink in sinks)
        {
            await sink.RecoverAsync(cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
    {
        foreach (var sink in sinks)
        {
            await sink.CleanUpAsync(recovery, cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sink in sinks)
        {
            await sink.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Open()
    {
        foreach (var sink in sinks)
        {
            sink.Open();
        }
    }

    /// <summary>Takes notice of what has ended on the pool.</summary>
    /// <returns>Whether anything has.</returns>
    public bool Poll()
    {
        var isProgress = false;
        foreach (var sink in sinks)
        {
            isProgress |= sink.Poll();
        }

        return isProgress;
    }

    public void OnBarrier(Barrier barrier)
    {
        foreach (var sink in sinks)
        {
            sink.OnBarrier(barrier);
        }
    }

    public void Commit(CheckpointId checkpoint)
    {
        foreach (var sink in sinks)
        {
            sink.Commit(checkpoint);
        }
    }

    public void Forget(CheckpointId checkpoint)
    {
        foreach (var sink in sinks)
        {
            sink.Forget(checkpoint);
        }
    }

    public bool HaveCommitted(CheckpointId checkpoint)
    {
        foreach (var sink in sinks)
        {
            if (!sink.IsCommitted(checkpoint))
            {
                return false;
            }
        }

        return true;
    }
}
