namespace Weir.Graph;

/// <summary>Gives each record to every subtask of what follows.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stream before.</param>
public sealed class BroadcastStage<T>(StageOutput<T> input) : Stage("Broadcast", [input], [new StageOutput<T>()])
{
    /// <inheritdoc/>
    public override StageExchange Exchange => StageExchange.ToAll;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
