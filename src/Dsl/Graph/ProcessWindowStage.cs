namespace Weir.Graph;

/// <summary>Hands all records of each key and window to a <see cref="WindowProcess{TIn, TKey, TOut}"/>.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <param name="input">The stage that keys the stream.</param>
/// <param name="windows">The windows.</param>
/// <param name="make">Makes the process of a subtask.</param>
/// <param name="function">The function that the user handed to the verb.</param>
public sealed class ProcessWindowStage<T, TKey, TOut>(
    KeyByStage<T, TKey> input,
    WindowSpec<T> windows,
    Func<WindowProcess<IReadOnlyList<T>, TKey, TOut>> make,
    Delegate function)
    : Stage("Process", [input.Outputs[0]], windows.OutputsOf<TOut>())
{
    /// <summary>Gets the stage that keys the stream.</summary>
    public KeyByStage<T, TKey> Keyed { get; } = input;

    /// <summary>Gets the windows.</summary>
    public WindowSpec<T> Windows { get; } = windows;

    /// <summary>Gets what makes the process of a subtask.</summary>
    public Func<WindowProcess<IReadOnlyList<T>, TKey, TOut>> Make { get; } = make;

    /// <inheritdoc/>
    public override Delegate Function { get; } = function;

    /// <inheritdoc/>
    public override bool NeedsEventTime => Windows.NeedsEventTime;

    /// <inheritdoc/>
    internal override bool AllowsMerges(MergeOrder merges) => Windows.Allow(merges);

    /// <inheritdoc/>
    public override WindowForm? WindowForm => Weir.WindowForm.General;

    /// <inheritdoc/>
    internal override bool HasSides => true;

    /// <inheritdoc/>
    internal override IReadOnlyList<StateDescription> DescribeStates() => StateList.Of(MakeOne());

    /// <inheritdoc/>
    internal override void Describe(StageFacts facts)
    {
        facts.AddWindows(Windows);
        facts.AddKeyed<TKey>($"the records of each open window, {StageFacts.FormOf<T>()}");
    }

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IStageVisitor<TResult> visitor) => visitor.Visit(this);

    /// <summary>Makes the process of one subtask.</summary>
    /// <exception cref="InvalidOperationException">The user's function returned null.</exception>
    internal WindowProcess<IReadOnlyList<T>, TKey, TOut> MakeOne() => StatefulProcess.MadeBy(Make, this);
}
