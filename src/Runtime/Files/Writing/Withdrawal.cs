using System.Globalization;

namespace Weir.Runtime.Files.Writing;

/// <summary>What a job that continues from a checkpoint must do about files of its own that the checkpoint does not cover.</summary>
/// <param name="Hide">Finished files whose rows will be written again: to be hidden, then deleted.</param>
/// <param name="Doubled">Entries of which readers have taken files: their rows will be there twice, and nothing can be done about
/// it.</param>
/// <param name="Taken">The names of those files.</param>
/// <param name="Forget">Entries that will have no meaning any more.</param>
internal sealed record Withdrawal(
    IReadOnlyList<PartName> Hide, IReadOnlyList<LedgerEntry> Doubled, IReadOnlyList<string> Taken, IReadOnlyList<LedgerEntry> Forget)
{
    private const int LongestList = 20;

    /// <summary>Decides. Pure.</summary>
    /// <param name="listing">What is there.</param>
    /// <param name="me">Whose files are judged.</param>
    /// <param name="restoredFrom">The checkpoint that the job continues from; null if it begins from nothing.</param>
    public static Withdrawal Of(OutputListing listing, OutputOwner me, CheckpointName? restoredFrom)
    {
        // Numbers of checkpoints grow over the whole life of a job, whatever attempts it has.
        var covered = restoredFrom?.Id ?? new CheckpointId(0);
        var hide = listing.Parts.Where(part => me.Wrote(part.Part) && part.Part.Checkpoint > covered).Select(part => part.Part).ToList();
        var forget = listing.Entries.Where(entry => entry.Run == me.Run && entry.Checkpoint.Id > covered).ToList();
        var there = listing.Parts.Select(part => part.Name)
            .Concat(listing.Hidden.Where(hidden => hidden.State == PartState.Pending).Select(hidden => hidden.Part.Finished))
            .ToHashSet(StringComparer.Ordinal);
        var doubled = new List<LedgerEntry>();
        var taken = new List<string>();
        foreach (var entry in forget.OrderBy(entry => entry.Checkpoint).ThenBy(entry => entry.Subtask))
        {
            var absent = entry.Parts(me.Operator).Select(part => part.Finished).Where(part => !there.Contains(part)).ToList();
            taken.AddRange(absent);
            if (absent.Count > 0)
            {
                doubled.Add(entry);
            }
        }

        return new Withdrawal(hide, doubled, taken, forget);
    }

    /// <summary>What will be doubled, and how the user may accept that; not null only if something will be.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="recovery">Where the job continues.</param>
    /// <param name="isAccepted">Whether the user has accepted it.</param>
    public string? Describe(string directory, RecoveryContext recovery, bool isAccepted)
    {
        if (Doubled.Count == 0)
        {
            return null;
        }

        var rows = Doubled.Sum(entry => entry.Rows);
        var files = string.Join(", ", Taken.Take(LongestList).Select(name => $"'{name}'")) + (Taken.Count > LongestList ? ", …" : "");
        var upTo = rows == 0 ? ""
            : string.Create(
                CultureInfo.InvariantCulture, $" (up to {Counted.Of(rows, "row")}, those of {string.Join(", ", Checkpoints())})");
        var have = Taken.Count == 1 ? "file has" : "files have";
        var doubled = string.Create(
            CultureInfo.InvariantCulture,
            $"{Taken.Count} finished {have} been taken from the output directory '{directory}' since{upTo}: {files}.");
        var lost = recovery.Damaged.Count == 0 ? "" : $" because {string.Join(", ", recovery.Damaged)} cannot be read";
        var from = recovery.RestoredFrom is { } checkpoint ? $"The job continues from {checkpoint}{lost}, and"
            : "The job begins without a checkpoint, and";
        var option = $"{nameof(FileSinkOptions)}.{nameof(FileSinkOptions.AcceptsDoubledOutput)}";
        return isAccepted
            ? $"{from} {doubled} Their rows are written a second time, as {option} allows."
            : $"{from} {doubled} Their rows would be written a second time. Bring back the newer checkpoints from a copy; "
                + $"or put the files back, then they are withdrawn; or set {option} and see to the doubled rows where the files went.";
    }

    private IEnumerable<CheckpointName> Checkpoints() => Doubled.Select(entry => entry.Checkpoint).Distinct();
}
