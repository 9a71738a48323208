namespace Weir;

/// <summary>Makes the watermarks of each split from its records. Derive from <see cref="WatermarkGenerator{T, TState}"/>.</summary>
/// <typeparam name="T">The records.</typeparam>
[Deterministic]
public abstract class WatermarkGenerator<T>
{
    /// <summary>
    /// Gets the time on the job's clock between two calls of <c>OnPeriodic</c>, at least a microsecond; null, as here, if it is not called.
    /// </summary>
    public virtual TimeSpan? Period => null;

    // Internal: a generator has a state, if only one that says nothing.
    internal abstract TResult Accept<TResult>(IWatermarkGeneratorVisitor<T, TResult> visitor);
}
