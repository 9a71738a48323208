using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// What a windowed aggregate is specialised on: how keys are told apart and how a pane begins, merges and ends. A struct, so that calls are
/// inlined.
/// </summary>
/// <remarks>
/// How a record is added is not here: the kernel does it in its own loop, on the accumulator that the operator hands out.
/// No parameter here is an <c>in</c>: the compiler would implement such a method under the full name of this interface, with the names of
/// all its types in it, which a wide result makes longer than a name in an assembly may be.
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
public interface IPaneFunctor<TKey, TAcc, TOut> : ITableFunctor<TKey, TAcc>
{
    /// <summary>
    /// Gets a value indicating whether <see cref="Merge"/> can be called: not if an accumulator is a fold of the user's, which takes
    /// records and no accumulators.
    /// </summary>
    bool CanMerge { get; }

    /// <summary>
    /// Gets which accumulators may be merged where windows share slices. <see cref="MergeOrder.Arrival"/>: those that
    /// <see cref="Merge"/> gathers into a new one, in any order; it puts them in order itself.
    /// </summary>
    MergeOrder Order => CanMerge ? MergeOrder.Any : MergeOrder.None;

    /// <summary>Adds the records of one accumulator to another, as if they had followed its own.</summary>
    /// <param name="accumulator">Changed in place.</param>
    /// <param name="other">Read only; it may go on being used: nothing that changes is shared with it.</param>
    void Merge(ref TAcc accumulator, TAcc other);

    /// <summary>The result of a pane.</summary>
    TOut Result(TKey key, TimeWindow window, ref TAcc accumulator);
}
