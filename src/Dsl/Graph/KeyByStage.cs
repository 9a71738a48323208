namespace Weir.Graph;

/// <summary>Keys the stream.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <param name="input">The stage before.</param>
/// <param name="key">The user's function.</param>
public sealed class KeyByStage<T, TKey>(Stage input, Func<T, TKey> key) : Stage("KeyBy", [input])
{
    /// <summary>Gets the user's function.</summary>
    public Func<T, TKey> Key { get; } = key;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
