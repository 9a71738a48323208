namespace Weir.Graph;

/// <summary>Aggregates each key and window by LINQ over its records.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <param name="input">The stage that keys the stream.</param>
/// <param name="window">The windows.</param>
/// <param name="result">The user's function.</param>
/// <param name="late">Where late records go; null to drop them.</param>
public sealed class AggregateGroupStage<T, TKey, TOut>(
    KeyByStage<T, TKey> input,
    WindowKind window,
    Func<WindowGroup<TKey, T>, TOut> result,
    StageOutput<T>? late = null)
    : Stage("Aggregate", [input.Outputs[0]], late is null ? [new StageOutput<TOut>()] : [new StageOutput<TOut>(), late])
{
    /// <summary>Gets the stage that keys the stream.</summary>
    public KeyByStage<T, TKey> Keyed { get; } = input;

    /// <summary>Gets the windows.</summary>
    public WindowKind Window { get; } = window;

    /// <summary>Gets where late records go; null if they are dropped.</summary>
    public StageOutput<T>? Late { get; } = late;

    /// <summary>Gets the user's function.</summary>
    public Func<WindowGroup<TKey, T>, TOut> Result { get; } = result;

    /// <inheritdoc/>
    public override Delegate Function => Result;

    /// <inheritdoc/>
    public override bool NeedsEventTime => true;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
