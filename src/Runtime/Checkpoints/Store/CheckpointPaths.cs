using System.Globalization;
using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Checkpoints.Store;

/// <summary>The names in a checkpoint directory. No other place makes or reads them.</summary>
/// <param name="Root">The directory.</param>
internal sealed record CheckpointPaths(string Root)
{
    private const string CheckpointPrefix = "chk-";
    private const string AttemptMark = ".a";

    public string Job(string job) => Path.Combine(Root, job);

    public string Lock(string job) => Path.Combine(Job(job), "lock");

    // The attempt in the name keeps a process that was believed dead away from what its successor writes.
    public string Checkpoint(string job, CheckpointName checkpoint) => Path.Combine(Job(job), DirectoryOf(checkpoint));

    public string Manifest(string job, CheckpointName checkpoint) => Path.Combine(Checkpoint(job, checkpoint), "manifest");

    public string UnfinishedManifest(string job, CheckpointName checkpoint) => Path.Combine(Checkpoint(job, checkpoint), ".manifest");

    public string State(string job, CheckpointName checkpoint, string file)
    {
        Graph.Names.Check(file, "state file");
        return Path.Combine(Checkpoint(job, checkpoint), file);
    }

    public string SharedFiles(string job) => Path.Combine(Job(job), "shared");

    public string Shared(string job, SharedFile file)
    {
        Graph.Names.Check(file.Name, "shared file");
        return Path.Combine(SharedFiles(job), string.Create(CultureInfo.InvariantCulture, $"{file.Name}{AttemptMark}{file.Attempt}"));
    }

    /// <summary>The shared files that there are.</summary>
    public IReadOnlyList<SharedFile> Shared(IFileSystem files, string job)
    {
        var found = new List<SharedFile>();
        foreach (var name in files.DirectoryExists(SharedFiles(job)) ? files.ListFiles(SharedFiles(job)) : [])
        {
            var mark = name.LastIndexOf(AttemptMark, StringComparison.Ordinal);
            if (mark > 0 && TryParse(name.AsSpan(mark + AttemptMark.Length), out var attempt))
            {
                found.Add(new SharedFile(attempt, name[..mark]));
            }
        }

        return found;
    }

    /// <summary>The checkpoints that have a directory, with or without a manifest.</summary>
    /// <exception cref="CheckpointStoreException">Some were written by a Weir that this one cannot read.</exception>
    public IReadOnlyList<CheckpointName> Checkpoints(IFileSystem files, string job)
    {
        var found = new List<CheckpointName>();
        foreach (var name in files.ListDirectories(Job(job)))
        {
            if (TryParse(name, out var checkpoint))
            {
                found.Add(checkpoint);
            }
            else if (IsOfVersion1(name))
            {
                throw new CheckpointStoreException(
                    $"'{Path.Combine(Job(job), name)}' is a checkpoint of an older Weir, which this one cannot read. Finish the job with "
                        + "the Weir that wrote it, or start "
                    + "it from nothing: move its checkpoints and its output away.");
            }
        }

        return found;
    }

    private static string DirectoryOf(CheckpointName checkpoint) =>
        string.Create(CultureInfo.InvariantCulture, $"{CheckpointPrefix}{checkpoint.Id.Value}{AttemptMark}{checkpoint.Attempt}");

    private static bool TryParse(string name, out CheckpointName checkpoint)
    {
        checkpoint = default;
        var mark = name.IndexOf(AttemptMark, StringComparison.Ordinal);
        if (!name.StartsWith(CheckpointPrefix, StringComparison.Ordinal)
            || mark < 0
            || !TryParse(name.AsSpan()[CheckpointPrefix.Length..mark], out var id)
            || !TryParse(name.AsSpan(mark + AttemptMark.Length), out var attempt))
        {
            return false;
        }

        checkpoint = new CheckpointName(attempt, new CheckpointId(id));
        return DirectoryOf(checkpoint) == name;
    }

    private static bool TryParse(ReadOnlySpan<char> digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool IsOfVersion1(string name) =>
        name.StartsWith(CheckpointPrefix, StringComparison.Ordinal) && TryParse(name.AsSpan(CheckpointPrefix.Length), out _);
}
