namespace Weir;

/// <summary>Windows of your own, which the time of a record decides. Members are functions of their arguments alone.</summary>
/// <remarks>
/// <para>In processing time (<c>InProcessingTime()</c>) the time is that of the job's clock.</para>
/// <para>A checkpoint keeps what <c>ToString</c> says, and is refused by a job whose windows say something else: let it tell all settings,
/// as the one that a record has by default does of public members.</para>
/// </remarks>
[Deterministic]
public abstract record CustomWindows : WindowKind
{
    /// <summary>The windows that a record belongs to.</summary>
    /// <param name="time">Microseconds since the Unix epoch; <see cref="long.MinValue"/> if the record has no event time.</param>
    /// <returns>The windows: each once, in any order; none for a record that belongs to no window.</returns>
    public abstract IEnumerable<TimeWindow> WindowsOf(long time);
}
