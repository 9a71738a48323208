namespace Weir;

/// <summary>
/// Folds records into an accumulator, one at a time. All members must be deterministic and must not keep state of their own.
/// </summary>
/// <typeparam name="TIn">The records.</typeparam>
/// <typeparam name="TAcc">The accumulator: a struct keeps the hot path free of allocation; needs a codec.</typeparam>
/// <typeparam name="TOut">The result.</typeparam>
[Deterministic]
public interface IAggregate<TIn, TAcc, TOut>
{
    /// <summary>
    /// Gets whether accumulators may be merged in any order: say <see cref="MergeOrder.Arrival"/> where the result depends on the order of
    /// records. Windows that overlap then keep their records.
    /// </summary>
    MergeOrder Order => MergeOrder.Any;

    /// <summary>An accumulator of no record.</summary>
    /// <returns>A new accumulator, shared with no other.</returns>
    TAcc Create();

    /// <summary>Adds one record.</summary>
    /// <param name="accumulator">Changed in place.</param>
    /// <param name="record">The record.</param>
    void Add(ref TAcc accumulator, in TIn record);

    /// <summary>Adds the records of one accumulator to another, as if they had followed its own.</summary>
    /// <param name="accumulator">Changed in place.</param>
    /// <param name="other">
    /// Read only. It may go on being used, for windows share the parts that they have in common: copy of it what changes (the items of a
    /// list, not the list).
    /// </param>
    void Merge(ref TAcc accumulator, in TAcc other);

    /// <summary>The result. The accumulator may be added to afterwards, and asked again.</summary>
    /// <param name="accumulator">Holds at least one record.</param>
    /// <returns>The result.</returns>
    TOut Result(in TAcc accumulator);
}
