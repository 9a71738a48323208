namespace Weir.Graph;

/// <summary>Writes to a sink.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stream before.</param>
/// <param name="sink">The sink.</param>
public sealed class ToStage<T>(StageOutput<T> input, ISink<T> sink) : Stage("To", [input], [])
{
    /// <summary>Gets the sink.</summary>
    public ISink<T> Sink { get; } = sink;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
