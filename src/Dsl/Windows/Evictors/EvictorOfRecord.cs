namespace Weir;

/// <summary>Takes records out of a window whenever it fires. Derive from it to write your own: a function of its arguments alone.</summary>
/// <remarks>
/// A window with an evictor keeps its records, whatever function it has. If nothing is left before the function, the function still runs
/// with no record (as Flink's EvictingWindowOperator): a list is empty, a reduction is the default value, an aggregate what it makes of a
/// new accumulator.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
[Deterministic]
public abstract class Evictor<T>
{
    /// <summary>Takes records out.</summary>
    /// <param name="records">The records of the window in order of arrival; changed in place. At least one before the function.</param>
    /// <param name="context">The window, the watermark and the clock.</param>
    public abstract void Evict(List<WindowRecord<T>> records, EvictionContext context);
}
