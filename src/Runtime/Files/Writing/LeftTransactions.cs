namespace Weir.Runtime.Files.Writing;

/// <summary>
/// What a savepoint holds as pending, but not in the directory that the job writes to now. Nothing of it is touched: a job that goes on
/// after its savepoint finishes it with its next checkpoint, and one that was stopped with the savepoint has finished it.
/// </summary>
/// <remarks>Were it finished here too, a job that goes on, falls back behind its savepoint and reads again would have the rows twice.
/// </remarks>
/// <param name="directory">The directory that the job writes to now.</param>
/// <param name="me">Who writes.</param>
internal sealed class LeftTransactions(string directory, OutputOwner me)
{
    private readonly List<string> _parts = [];

    /// <summary>Adds a transaction, unless the directory is the one that it was written to.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="listing">What the directory holds.</param>
    /// <returns>Whether it is left.</returns>
    public bool TryAdd(FileTransaction transaction, OutputListing listing)
    {
        if (transaction.Parts.Count == 0)
        {
            return true;
        }

        if (IsOf(transaction, listing))
        {
            return false;
        }

        _parts.AddRange(transaction.Parts);
        return true;
    }

    /// <summary>What the user should hear; null if nothing is left.</summary>
    /// <param name="savepoint">The checkpoint that the savepoint is.</param>
    public string? Describe(CheckpointName? savepoint) => _parts.Count == 0
        ? null
        : $"The job begins with the savepoint of {savepoint} and writes to '{directory}', where nothing before it was written: "
            + $"{Counted.Of(_parts.Count, "file")} that the savepoint has as pending, the first of them '{_parts[0]}', "
            + $"{(_parts.Count == 1 ? "stays" : "stay")} in the directory of the job that wrote {(_parts.Count == 1 ? "it" : "them")}, "
            + "which finishes what it wrote, or did when it was stopped with the savepoint. This job writes what follows the savepoint.";

    // An attempt that came after the savepoint may have claimed a directory that holds nothing of it: the first try to begin with it did.
    private bool IsOf(FileTransaction transaction, OutputListing listing)
    {
        var entry = LedgerEntry.Of(transaction);
        var parts = transaction.Parts.ToHashSet(StringComparer.Ordinal);
        return listing.Claims.Any(claim =>
                claim.Owner.Run == entry.Run && claim.Owner.Operator == me.Operator && claim.Owner.Attempt <= entry.Checkpoint.Attempt)
            || listing.Entries.Contains(entry)
            || listing.Parts.Any(part => parts.Contains(part.Name))
            || listing.Hidden.Any(hidden => parts.Contains(hidden.Part.Finished));
    }
}
