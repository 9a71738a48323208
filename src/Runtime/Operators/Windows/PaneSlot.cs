namespace Weir.Runtime.Operators.Windows;

/// <summary>One key's accumulator in one window.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
public struct PaneSlot<TKey, TAcc>
{
    /// <summary>The key.</summary>
    public TKey Key;

    /// <summary>The accumulator.</summary>
    public TAcc Accumulator;

    /// <summary>The slot is in use if this is the table's epoch: emptying a table is one increment.</summary>
    public int Epoch;
}
