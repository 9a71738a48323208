namespace Weir.Graph;

/// <summary>
/// Generated code that runs several consecutive stages in one loop. The runtime knows what is inside; the graph only keeps it.
/// </summary>
/// <param name="length">The number of stages, counted back from the one it is attached to.</param>
public abstract class CompiledSpan(int length)
{
    /// <summary>Gets the number of consecutive stages that it covers.</summary>
    public int Length { get; } = length;

    /// <summary>Gets whether it is for records that carry event times, or for such that do not; null if it is for both.</summary>
    public bool? TakesTimes { get; init; }

    /// <summary>Gets a value indicating whether it tells the clock of each record, where a stage needs that.</summary>
    public bool TellsEachRecord { get; init; }

    /// <summary>Gets a value indicating whether it goes on without records that the function of its last stage throws on.</summary>
    public bool CatchesErrors { get; init; }

    /// <summary>Gets the form of the windows that it adds to, if it ends in windows.</summary>
    public WindowForm Windows { get; init; }

    /// <summary>
    /// Gets which of its accumulators may be merged, if it ends in windows: one that depends on the order of records is not for windows
    /// that share slices, nor for sessions.
    /// </summary>
    public virtual MergeOrder Merges => MergeOrder.Any;

    /// <summary>Whether it can run these stages: all that their functions captured can be read from their delegates.</summary>
    /// <param name="stages">The stages, as many as it covers.</param>
    /// <returns><see langword="false"/> if they must be interpreted.</returns>
    public virtual bool Fits(IReadOnlyList<Stage> stages) => true;
}
