namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>A process of windows, without what it is given.</summary>
internal interface IProcessOfWindows<TKey, TOut>
{
    /// <summary>Gets its states.</summary>
    WindowStates<TKey> States { get; }

    /// <summary>A window is forgotten, and its states, too.</summary>
    void Clear(FireContext<TKey, TOut> context);

    /// <summary>Lets go of what the process holds.</summary>
    void Dispose();
}
