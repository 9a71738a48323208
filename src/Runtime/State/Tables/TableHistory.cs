namespace Weir.Runtime.State.Tables;

/// <summary>What the tables of one state tell of their changes: to the snapshot that is being taken, and for the next one.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
internal abstract class TableHistory<TKey, TValue> : EpochClock
{
    /// <summary>Gets a value indicating whether slots are still to be put aside as they were at the last barrier.</summary>
    public bool IsPending { get; protected set; }

    /// <summary>
    /// Gets a value indicating whether the next snapshot may be one of changes: whoever changes a slot says where, and what is removed is
    /// noted.
    /// </summary>
    public bool Tracks { get; protected set; }

    /// <summary>
    /// Gets a value indicating whether what is to be put aside is what was marked between the last two barriers. Otherwise it may be
    /// anywhere.
    /// </summary>
    public bool IsByMarks { get; protected set; }

    /// <summary>Gets the mark up to which a slot is in a snapshot that the pending one builds on.</summary>
    public int Since { get; protected set; }

    /// <summary>Gets or sets how many slots have been touched since the last barrier.</summary>
    public long Changes { get; set; }

    /// <summary>Takes a slot as it was at the barrier.</summary>
    /// <param name="place">The number of its table.</param>
    /// <param name="slot">The slot.</param>
    /// <returns>How much work that was, in slots that are visited.</returns>
    public abstract int PutAside(int place, in StateSlot<TKey, TValue> slot);

    /// <summary>A key was removed.</summary>
    /// <param name="place">The number of its table.</param>
    /// <param name="key">The key.</param>
    public abstract void Removed(int place, in TKey key);

    /// <summary>A table has its first change since the last barrier.</summary>
    /// <param name="table">The table.</param>
    /// <returns>Where it stands among those that have.</returns>
    public abstract int AddMarked(object table);

    /// <summary>A table has been emptied: what changed in it is of no account.</summary>
    /// <param name="index">Where it stands.</param>
    public abstract void RemoveMarked(int index);
}
