namespace Weir.Graph;

/// <summary>Aggregates each key and window by LINQ over its records.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <param name="input">The stage that keys the stream.</param>
/// <param name="windows">The windows.</param>
/// <param name="result">The user's function.</param>
public sealed class AggregateGroupStage<T, TKey, TOut>(
    KeyByStage<T, TKey> input,
    WindowSpec<T> windows,
    Func<WindowGroup<TKey, T>, TOut> result)
    : Stage("Aggregate", [input.Outputs[0]], windows.OutputsOf<TOut>())
{
    /// <summary>Gets the stage that keys the stream.</summary>
    public KeyByStage<T, TKey> Keyed { get; } = input;

    /// <summary>Gets the windows.</summary>
    public WindowSpec<T> Windows { get; } = windows;

    /// <summary>Gets where late records go; null if they are dropped.</summary>
    public StageOutput<T>? Late => Windows.Late;

    /// <summary>Gets the user's function.</summary>
    public Func<WindowGroup<TKey, T>, TOut> Result { get; } = result;

    /// <inheritdoc/>
    public override Delegate Function => Written ?? Result;

    /// <summary>Gets what the user wrote, where the function is one around it; null where it is that.</summary>
    internal Delegate? Written { get; init; }

    /// <inheritdoc/>
    public override bool NeedsEventTime => Windows.NeedsEventTime;

    /// <inheritdoc/>
    internal override bool FoldsInTwoForms => true;

    /// <inheritdoc/>
    internal override bool AllowsMerges(MergeOrder merges) => Windows.Allow(merges);

    /// <inheritdoc/>
    public override WindowForm? WindowForm => Windows.Form;

    /// <inheritdoc/>
    internal override void Describe(StageFacts facts)
    {
        facts.AddWindows(Windows);
        facts.AddKeyed<TKey>(facts.Group<T>());
    }

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);
}
