namespace Weir.Runtime.Files.Writing;

/// <summary>Says which entries of the ledger no checkpoint needs any more. Pure; of one subtask.</summary>
/// <remarks>
/// What is committed between two pre-commits was committed with one checkpoint, or with several: a round. An entry is needed as long as its
/// checkpoint, or one whose snapshot was taken before the commit, is retained: for no more rounds than that.
/// </remarks>
/// <param name="retained">How many completed checkpoints the job may have to go back.</param>
internal sealed class LedgerRounds(int retained)
{
    private readonly Queue<IReadOnlyList<LedgerEntry>> _ended = new();
    private List<LedgerEntry>? _current;

    /// <summary>A transaction has been committed.</summary>
    /// <param name="entry">Its entry; null if it has no files.</param>
    public void Committed(LedgerEntry? entry)
    {
        _current ??= [];
        if (entry is { } one)
        {
            _current.Add(one);
        }
    }

    /// <summary>A transaction is pre-committed: what was committed before it is a round.</summary>
    /// <returns>The entries that are not needed any more.</returns>
    public IReadOnlyList<LedgerEntry> EndRound()
    {
        if (_current is null)
        {
            return [];
        }

        _ended.Enqueue(_current);
        _current = null;
        return _ended.Count > retained ? _ended.Dequeue() : [];
    }
}
