namespace Weir.Runtime.State.Tables;

/// <summary>One key's value in one namespace of a state table.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public struct StateSlot<TKey, TValue>
{
    /// <summary>The key.</summary>
    public TKey Key;

    /// <summary>The value: changed in place.</summary>
    public TValue Value;

    /// <summary>
    /// Tells whether the slot is in use, and since when it has not been touched. If it is the table's epoch, the value may be changed.
    /// </summary>
    public int Epoch;
}
