using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Writing;

/// <summary>
/// The ledger beside the files of one sink: which decided checkpoint finished which files, as far back as a job may have to fall back.
/// </summary>
/// <remarks>
/// Each entry is a file of its own, so that none can be torn, subtasks need no lock, and what is old is deleted, not compacted.
/// </remarks>
/// <param name="files">The file system.</param>
/// <param name="directory">Where the entries are.</param>
/// <param name="isDurable">Whether entries are forced to the disk.</param>
internal sealed class Ledger(IFileSystem files, string directory, bool isDurable)
{
    /// <summary>Which entries no checkpoint needs any more, when a job starts. Pure.</summary>
    /// <param name="entries">What is there.</param>
    /// <param name="restored">What the checkpoint that the job continues from holds: it may be committed again.</param>
    /// <param name="oldest">The oldest checkpoint that exists; null if there is none.</param>
    /// <param name="retained">How many completed checkpoints the job may have to go back: one of them may hold what was committed a little
    /// before it.</param>
    public static IReadOnlyList<LedgerEntry> Expired(
        IReadOnlyList<LedgerEntry> entries, IReadOnlySet<LedgerEntry> restored, CheckpointId? oldest, int retained)
    {
        var recent = entries.Select(entry => entry.Checkpoint.Id).Distinct().OrderDescending().Take(retained).ToHashSet();
        return [.. entries.Where(entry => entry.Checkpoint.Id <= oldest && !recent.Contains(entry.Checkpoint.Id)
            && !restored.Contains(entry))];
    }

    /// <summary>Whether an entry is there.</summary>
    public bool Contains(LedgerEntry entry) => files.FileExists(PathOf(entry));

    /// <summary>Adds an entry, durably.</summary>
    public void Add(LedgerEntry entry)
    {
        var path = PathOf(entry);
        try
        {
            using var file = files.CreateNew(path);
        }
        catch (IOException)
        {
            if (!files.FileExists(path))
            {
                throw;
            }

            // A process that was believed dead commits the same: the checkpoint was decided, whoever says so.
        }

        Sync();
    }

    /// <summary>Deletes entries; harmless if they are gone.</summary>
    public void Remove(IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries)
        {
            files.DeleteFile(PathOf(entry));
        }
    }

    /// <summary>Makes what was removed gone for good.</summary>
    public void Sync()
    {
        if (isDurable)
        {
            files.SyncDirectory(directory);
        }
    }

    private string PathOf(LedgerEntry entry) => Path.Combine(directory, entry.FileName);
}
