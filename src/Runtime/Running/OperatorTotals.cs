using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Running;

/// <summary>What operators have counted over all attempts of a run.</summary>
internal sealed class OperatorTotals
{
    private SortedDictionary<string, OperatorFigures> _ended = new(StringComparer.Ordinal);

    /// <summary>An attempt has ended: its counts stay.</summary>
    public void Add(IReadOnlyList<ISubtask> subtasks)
    {
        _ended = With(subtasks);
        foreach (var (id, figures) in _ended.ToList())
        {
            _ended[id] = figures.Ended();
        }
    }

    /// <summary>The figures so far.</summary>
    /// <param name="subtasks">Those of the attempt that runs.</param>
    /// <returns>By the operators' ids.</returns>
    public SortedDictionary<string, OperatorFigures> With(IReadOnlyList<ISubtask> subtasks)
    {
        var totals = new SortedDictionary<string, OperatorFigures>(_ended, StringComparer.Ordinal);
        foreach (var counters in subtasks.SelectMany(subtask => subtask.Counters.Operators))
        {
            totals[counters.Id] = (totals.GetValueOrDefault(counters.Id) ?? new OperatorFigures()).With(counters);
        }

        return totals;
    }
}
