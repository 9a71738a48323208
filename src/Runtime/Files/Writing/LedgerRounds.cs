namespace Weir.Runtime.Files.Writing;

/// <summary>Says which entries of the ledger no checkpoint needs any more. Pure; of one subtask.</summary>
/// <remarks>
/// What is committed between two pre-commits is a round. The pre-commit that ends it belongs to the first checkpoint whose snapshot does
/// not hold these transactions as undecided. So the entries of a round are needed until as many checkpoints as are retained have completed
/// from that one on. A later round shows that one has: the round in which it, or a later one, was committed. What a round commits may be
/// older, where several checkpoints were on their way at once: such a round shows nothing.
/// </remarks>
/// <param name="retained">How many completed checkpoints the job may have to go back.</param>
internal sealed class LedgerRounds(int retained)
{
    private readonly List<Round> _ended = [];
    private List<LedgerEntry>? _current;
    private CheckpointId _newest;

    /// <summary>A transaction has been committed.</summary>
    /// <param name="checkpoint">The checkpoint that it belongs to.</param>
    /// <param name="entry">Its entry; null if it has no files.</param>
    public void Committed(CheckpointId checkpoint, LedgerEntry? entry)
    {
        _newest = _current is not null && checkpoint < _newest ? _newest : checkpoint;
        _current ??= [];
        if (entry is { } one)
        {
            _current.Add(one);
        }
    }

    /// <summary>A transaction is pre-committed: what was committed before it is a round.</summary>
    /// <param name="cut">The checkpoint that it is pre-committed for.</param>
    /// <returns>The entries that are not needed any more.</returns>
    public IReadOnlyList<LedgerEntry> EndRound(CheckpointId cut)
    {
        if (_current is null)
        {
            return [];
        }

        foreach (var round in _ended)
        {
            round.Completed += _newest >= round.Cut ? 1 : 0;
        }

        _ended.Add(new Round(_current, cut));
        _current = null;
        List<LedgerEntry> unneeded = [.. _ended.Where(round => round.Completed >= retained).SelectMany(round => round.Entries)];
        _ended.RemoveAll(round => round.Completed >= retained);
        return unneeded;
    }

    private sealed class Round(List<LedgerEntry> entries, CheckpointId cut)
    {
        public List<LedgerEntry> Entries { get; } = entries;

        public CheckpointId Cut { get; } = cut;

        /// <summary>Gets or sets how many checkpoints are known to have completed from its cut on: that many, or more.</summary>
        public int Completed { get; set; }
    }
}
