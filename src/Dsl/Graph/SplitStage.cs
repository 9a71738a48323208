using System.Collections.Immutable;

namespace Weir.Graph;

/// <summary>Makes several streams of one: each record goes into one of them, its event time with it.</summary>
/// <typeparam name="T">The records.</typeparam>
public sealed class SplitStage<T> : Stage
{
    private readonly Func<T, int> _branchOf;

    internal SplitStage(StageOutput<T> input, Delegate? function, Func<T, int> branchOf, ImmutableArray<StageOutput> sides)
        : base("Split", [input], [new StageOutput<T>(), .. sides])
    {
        Function = function;
        _branchOf = branchOf;
    }

    /// <inheritdoc/>
    public override Delegate? Function { get; }

    /// <summary>Asks where a record goes.</summary>
    /// <param name="value">The record.</param>
    /// <returns>The number of one of its outputs. The record is of the type of that output.</returns>
    public int BranchOf(T value) => _branchOf(value);

    /// <inheritdoc/>
    internal override bool IsOfSingleRecords => true;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
