namespace Weir;

/// <summary>Windows of your own, which a record decides together with its time. Members are functions of their arguments alone.</summary>
/// <inheritdoc cref="CustomWindows" path="/remarks"/>
/// <typeparam name="T">The records.</typeparam>
[Deterministic]
public abstract record CustomWindows<T> : WindowKind<T>
{
    /// <summary>The windows that a record belongs to.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">Microseconds since the Unix epoch; <see cref="long.MinValue"/> if the record has no event time.</param>
    /// <returns>The windows: each once, in any order; none for a record that belongs to no window.</returns>
    public abstract IEnumerable<TimeWindow> WindowsOf(T record, long time);
}
