namespace Weir.Graph;

/// <summary>Keeps accepted records.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="input">The stage before.</param>
/// <param name="predicate">The user's function.</param>
public sealed class WhereStage<T>(Stage input, Func<T, bool> predicate) : Stage("Where", [input])
{
    /// <summary>Gets the user's function.</summary>
    public Func<T, bool> Predicate { get; } = predicate;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
