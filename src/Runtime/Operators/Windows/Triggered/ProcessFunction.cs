using Weir.Runtime.Kernels;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>The user's <see cref="WindowProcess{TIn, TKey, TOut}"/> with its states.</summary>
internal sealed class ProcessOfWindows<TIn, TKey, TOut> : IProcessOfWindows<TKey, TOut>
{
    private readonly WindowProcess<TIn, TKey, TOut> _process;

    public ProcessOfWindows(WindowProcess<TIn, TKey, TOut> process, SubtaskContext subtask, string id, AnyWindows windows)
    {
        _process = process;
        States = new WindowStates<TKey>(subtask, id, windows);
        process.WireTo(States);
    }

    /// <inheritdoc/>
    public WindowStates<TKey> States { get; }

    /// <summary>A window fires.</summary>
    public void Fire(TIn input, FireContext<TKey, TOut> context)
    {
        States.Begin(context.Key, context.Window);
        try
        {
            _process.OnFire(input, context);
        }
        finally
        {
            States.End();
        }
    }

    /// <inheritdoc/>
    public void Clear(FireContext<TKey, TOut> context)
    {
        States.Begin(context.Key, context.Window);
        try
        {
            _process.OnClear(context);
            States.RemoveWindow();
        }
        finally
        {
            States.End();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => (_process as IDisposable)?.Dispose();
}

/// <summary>Hands what a window holds to a process.</summary>
/// <param name="process">The process.</param>
/// <param name="inputOf">What it is given of what a window holds.</param>
internal sealed class ProcessFunction<TAcc, TIn, TKey, TOut>(ProcessOfWindows<TIn, TKey, TOut> process, Func<TAcc, TIn> inputOf)
    : PaneFunction<TKey, TAcc, TOut>
{
    public override WindowStates<TKey>? States => process.States;

    public override void Fire(ref TAcc contents, FireContext<TKey, TOut> context) => process.Fire(inputOf(contents), context);

    public override void Clear(FireContext<TKey, TOut> context) => process.Clear(context);

    public override void Dispose() => process.Dispose();
}
