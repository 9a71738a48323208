namespace Weir.Runtime.Operators.Windows.Counts;

/// <summary>The records of one key since the last time that its counter was full.</summary>
/// <typeparam name="TAcc">The accumulator.</typeparam>
public struct Counted<TAcc>
{
    /// <summary>How many records there are.</summary>
    public long Count;

    /// <summary>The accumulator: changed in place.</summary>
    public TAcc Accumulator;
}
