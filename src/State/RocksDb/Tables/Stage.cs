using Weir.RocksDbState.Stores;

namespace Weir.RocksDbState.Tables;

/// <summary>
/// All that a barrier found in the tables of one operator and that the store has not got: what was removed, and what had changed.
/// </summary>
/// <remarks>
/// The subtask fills it, whoever links the store writes it, and the subtask settles it. Until it is settled nothing else is written.
/// </remarks>
/// <param name="removals">What was removed before the barrier.</param>
/// <param name="asides">What had changed, of each state.</param>
internal sealed class Stage(Removals removals, IReadOnlyList<IAside> asides)
{
    private volatile bool _isGivenUp;

    /// <summary>Gets what was removed before the barrier.</summary>
    public Removals Removals => removals;

    /// <summary>Gets about how many bytes it takes.</summary>
    public long Bytes => asides.Sum(static aside => aside.Bytes);

    /// <summary>Writes it: removals first.</summary>
    public void WriteTo(IEntryStore store)
    {
        removals.WriteTo(store);
        foreach (var aside in asides)
        {
            aside.WriteTo(store, () => !_isGivenUp);
        }

        // If there is nothing but removals.
        store.Write();
    }

    /// <summary>The attempt ends: nobody needs what has not been written.</summary>
    public void GiveUp() => _isGivenUp = true;

    /// <summary>All of it is in the store.</summary>
    public void Settle()
    {
        foreach (var aside in asides)
        {
            aside.Settle();
        }
    }
}
