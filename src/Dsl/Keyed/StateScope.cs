namespace Weir;

/// <summary>What a state holds a value for.</summary>
public enum StateScope
{
    /// <summary>Each key.</summary>
    Key,

    /// <summary>
    /// Each key and window: only in a <see cref="WindowProcess{TIn, TKey, TOut}"/>, and not where windows merge. Forgotten with the window.
    /// </summary>
    Window,
}
