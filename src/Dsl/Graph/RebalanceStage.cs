namespace Weir.Graph;

/// <summary>Deals records out evenly.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stage before.</param>
public sealed class RebalanceStage<T>(Stage input) : Stage("Rebalance", [input])
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
