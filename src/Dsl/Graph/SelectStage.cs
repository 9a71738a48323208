namespace Weir.Graph;

/// <summary>Maps one to one.</summary>
/// <typeparam name="T">The records that come in.</typeparam>
/// <typeparam name="TOut">The records that go out.</typeparam>
/// <param name="input">The stage before.</param>
/// <param name="selector">The user's function.</param>
public sealed class SelectStage<T, TOut>(Stage input, Func<T, TOut> selector) : Stage("Select", [input])
{
    /// <summary>Gets the user's function.</summary>
    public Func<T, TOut> Selector { get; } = selector;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
