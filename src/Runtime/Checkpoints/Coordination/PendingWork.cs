using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>The pieces of work that the coordinator waits for, and what follows each.</summary>
/// <param name="pool">Where they run.</param>
internal sealed class PendingWork(IWorkPool pool)
{
    private readonly List<Func<bool>> _polls = [];

    /// <summary>Gets a value indicating whether there is none.</summary>
    public bool IsEmpty => _polls.Count == 0;

    /// <summary>Starts a piece of work; <paramref name="whenDone"/> is called by the coordinator's thread, in a later step.</summary>
    public void Start<T>(string name, Func<CancellationToken, ValueTask<T>> work, Action<Pending<T>> whenDone)
    {
        var pending = pool.Run(name, work);
        _polls.Add(() =>
        {
            if (!pending.IsDone)
            {
                return false;
            }

            whenDone(pending);
            return true;
        });
    }

    /// <summary>Carries on what has ended.</summary>
    /// <returns>Whether anything had.</returns>
    public bool Poll()
    {
        var isProgress = false;
        for (var i = 0; i < _polls.Count;)
        {
            if (_polls[i]())
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
