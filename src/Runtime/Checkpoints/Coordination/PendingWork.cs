using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>The pieces of work that the coordinator waits for, and what follows each.</summary>
/// <param name="pool">Where they run.</param>
/// <param name="limit">How long each may take.</param>
internal sealed class PendingWork(IWorkPool pool, CallLimit limit)
{
    private readonly List<(Func<bool> Poll, CallWatch Watch)> _polls = [];

    /// <summary>Gets a value indicating whether there is none.</summary>
    public bool IsEmpty => _polls.Count == 0;

    /// <summary>Gets when one of them will have taken too long, and <see cref="Poll"/> throws.</summary>
    public Deadline Overdue => _polls.Aggregate(Deadline.Never, (next, pending) => Deadline.Earlier(next, pending.Watch.Due));

    /// <summary>Starts a piece of work; <paramref name="whenDone"/> is called by the coordinator's thread, in a later step.</summary>
    public void Start<T>(string name, Func<CancellationToken, ValueTask<T>> work, Action<Pending<T>> whenDone)
    {
        var watch = limit.Begin(name);
        var pending = pool.Run(name, work);
        _polls.Add((Poll, watch));

        bool Poll()
        {
            if (!pending.IsDone)
            {
                watch.Check();
                return false;
            }

            whenDone(pending);
            return true;
        }
    }

    /// <summary>Carries on what has ended.</summary>
    /// <returns>Whether anything had.</returns>
    public bool Poll()
    {
        var isProgress = false;
        for (var i = 0; i < _polls.Count;)
        {
            if (_polls[i].Poll())
            {
                // What followed may have started more work, but at the end of the list.
                _polls.RemoveAt(i);
                isProgress = true;
            }
            else
            {
                i++;
            }
        }

        return isProgress;
    }
}
