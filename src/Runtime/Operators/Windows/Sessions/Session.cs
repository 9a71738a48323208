namespace Weir.Runtime.Operators.Windows.Sessions;

/// <summary>An open session of one key: <c>[Start, End)</c>, and what its records add up to.</summary>
/// <typeparam name="TAcc">The accumulator.</typeparam>
public struct Session<TAcc>
{
    /// <summary>
    /// What <see cref="Armed"/> is when it is not known: the first of all times. A session that has its timer there is none the worse.
    /// </summary>
    internal const long Unknown = long.MinValue;

    /// <summary>The time of its first record, in microseconds since the Unix epoch.</summary>
    public long Start;

    /// <summary>The time of its last record, and the gap behind it.</summary>
    public long End;

    /// <summary>
    /// The time of the timer that counts: at or before the last microsecond, since a session that grows moves no timer. Of a session that
    /// was read it is not known, and any timer in it counts.
    /// </summary>
    public long Armed;

    /// <summary>The accumulator: changed in place.</summary>
    public TAcc Accumulator;

    internal readonly TimeWindow Window => new(Start, End);
}
