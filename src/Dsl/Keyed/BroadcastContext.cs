namespace Weir;

/// <summary>
/// What <c>OnBroadcast</c> of a <see cref="BroadcastProcess{TKey, TIn, TRule, TOut}"/> may ask and do: nothing that differs between
/// subtasks.
/// </summary>
/// <remarks>
/// Therefore no watermark, no clock and no results: each subtask has others, or would put the same out as all others. Valid during the
/// call only.
/// </remarks>
public sealed class BroadcastContext
{
    private bool _isOpen;
    private long _time;

    internal BroadcastContext()
    {
    }

    /// <summary>Gets the event time of the record in microseconds since the Unix epoch; null if it has none.</summary>
    public long? Time => _time == long.MinValue ? null : _time;

    /// <summary>Writes a state that all subtasks hold alike.</summary>
    /// <typeparam name="TKey">The keys of the map.</typeparam>
    /// <typeparam name="TValue">The values.</typeparam>
    /// <param name="state">The state: a field of the class.</param>
    /// <returns>What writes it, during the call.</returns>
    /// <exception cref="InvalidOperationException">The call is over.</exception>
    public BroadcastWriter<TKey, TValue> Writing<TKey, TValue>(BroadcastState<TKey, TValue> state)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(state);
        return _isOpen
            ? new(state.Map)
            : throw new InvalidOperationException(
                "A BroadcastState was to be written outside of OnBroadcast: only there do all subtasks see the same record, in the same "
                    + "order. Keep no context behind the call.");
    }

    internal void Begin(long time) => (_isOpen, _time) = (true, time);

    internal void End() => _isOpen = false;
}
