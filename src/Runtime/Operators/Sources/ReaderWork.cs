using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Operators.Sources;

/// <summary>What the readers of a subtask have running on the work pool.</summary>
internal sealed class ReaderWork
{
    private readonly List<(string Name, Pending<bool> Work)> _underWay = [];

    public void Add(IWorkPool pool, string name, Func<CancellationToken, ValueTask> work) =>
        _underWay.Add((name, pool.Run(name, async cancellation =>
        {
            await work(cancellation).ConfigureAwait(false);
            return true;
        })));

    /// <summary>Looks whether work has ended.</summary>
    /// <param name="name">The name of what failed.</param>
    /// <param name="failure">What it threw; null if nothing failed.</param>
    /// <returns>Whether any has ended.</returns>
    public bool Poll(out string name, out Exception? failure)
    {
        (name, failure) = ("", null);
        var before = _underWay.Count;
        for (var i = before - 1; i >= 0; i--)
        {
            if (_underWay[i] is { Work.IsDone: true } ended)
            {
                _underWay.RemoveAt(i);
                (name, failure) = ended.Work.Failure is { } thrown ? (ended.Name, thrown) : (name, failure);
            }
        }

        return _underWay.Count < before;
    }
}
