namespace Weir.Graph;

/// <summary>Deals records out evenly.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stream before.</param>
public sealed class RebalanceStage<T>(StageOutput<T> input) : Stage("Rebalance", [input], [new StageOutput<T>()])
{
    /// <inheritdoc/>
    public override StageExchange Exchange => StageExchange.Rebalance;

    /// <inheritdoc/>
    internal override bool IsOfSingleRecords => true;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
