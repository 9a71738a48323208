using System.Collections.Immutable;

namespace Weir.Graph;

/// <summary>Makes one stream of several.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="inputs">The streams before.</param>
public sealed class UnionStage<T>(ImmutableArray<StageOutput> inputs) : Stage("Union", inputs, [new StageOutput<T>()])
{
    /// <inheritdoc/>
    public override StageExchange Exchange => StageExchange.Merge;

    /// <inheritdoc/>
    internal override bool IsOfSingleRecords => true;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
