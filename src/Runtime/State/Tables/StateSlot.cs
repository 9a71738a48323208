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

    /// <summary>The slot is in use if this is the table's epoch: emptying a table is one increment.</summary>
    public int Epoch;
}
