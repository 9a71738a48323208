using System.Collections.Immutable;

namespace Weir.Graph;

/// <summary>Makes one stream of several.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="inputs">The stages before.</param>
public sealed class UnionStage<T>(ImmutableArray<Stage> inputs) : Stage("Union", inputs)
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
