using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Running;

/// <summary>How the subtasks of each chain have spent their time, over all attempts of a run.</summary>
/// <param name="time">The clock.</param>
internal sealed class ChainTimes(TimeProvider time)
{
    private readonly SortedDictionary<string, SubtaskTime> _ended = new(StringComparer.Ordinal);

    /// <summary>An attempt has ended: its times stay.</summary>
    public void Add(IReadOnlyList<ISubtask> subtasks) => AddTo(_ended, subtasks);

    /// <summary>The times so far.</summary>
    /// <param name="subtasks">Those of the attempt that runs.</param>
    /// <returns>By the chains' names.</returns>
    public IReadOnlyDictionary<string, SubtaskTime> With(IReadOnlyList<ISubtask> subtasks)
    {
        var times = new SortedDictionary<string, SubtaskTime>(_ended, StringComparer.Ordinal);
        AddTo(times, subtasks);
        return times;
    }

    private void AddTo(SortedDictionary<string, SubtaskTime> times, IReadOnlyList<ISubtask> subtasks)
    {
        foreach (var subtask in subtasks)
        {
            times[subtask.ChainName] = times.GetValueOrDefault(subtask.ChainName).Plus(subtask.Counters.Times.Read(time));
        }
    }
}
