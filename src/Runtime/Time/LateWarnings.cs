namespace Weir.Runtime.Time;

/// <summary>
/// Says of each operator, now and then, how many late records it has dropped. Shared by the subtasks of an attempt; any thread.
/// </summary>
internal sealed class LateWarnings
{
    /// <summary>The least time between two warnings of one operator, in microseconds of processing time.</summary>
    public const long Interval = 10 * EventTime.Second;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Unsaid, long? SaidAt)> _operators = [];

    /// <summary>Takes what a subtask has dropped since it last said so.</summary>
    /// <param name="id">The operator.</param>
    /// <param name="dropped">How many.</param>
    /// <param name="now">The processing time.</param>
    /// <param name="total">How many all its subtasks have dropped since the last warning; to be said now.</param>
    /// <returns>When to come again, or null if now is the time to warn.</returns>
    public long? Take(string id, long dropped, long now, out long total)
    {
        lock (_lock)
        {
            var (unsaid, saidAt) = _operators.GetValueOrDefault(id);
            total = unsaid + dropped;
            if (saidAt is { } last && now - last < Interval)
            {
                _operators[id] = (total, saidAt);
                return last + Interval;
            }

            _operators[id] = (0, total > 0 ? now : saidAt);
            return null;
        }
    }
}
