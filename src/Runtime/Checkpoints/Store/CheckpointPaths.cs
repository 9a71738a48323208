using System.Globalization;
using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Checkpoints.Store;

/// <summary>The names in a checkpoint directory. No other place makes or reads them.</summary>
/// <param name="Root">The directory.</param>
internal sealed record CheckpointPaths(string Root)
{
    private const string CheckpointPrefix = "chk-";
    private const string UnfinishedPrefix = ".manifest.";

    public string Job(string job) => Path.Combine(Root, job);

    public string Lock(string job) => Path.Combine(Job(job), "lock");

    public string Checkpoint(string job, CheckpointId checkpoint) => Path.Combine(Job(job), checkpoint.ToString());

    public string Manifest(string job, CheckpointId checkpoint) => Path.Combine(Checkpoint(job, checkpoint), "manifest");

    public string UnfinishedManifest(string job, CheckpointName checkpoint) =>
        Path.Combine(Checkpoint(job, checkpoint.Id), string.Create(CultureInfo.InvariantCulture, $"{UnfinishedPrefix}a{checkpoint.Attempt}"));

    // The attempt in the name keeps a process that was believed dead from overwriting what its successor wrote.
    public string State(string job, CheckpointName checkpoint, string file)
    {
        Graph.Names.Check(file, "state file");
        return Path.Combine(Checkpoint(job, checkpoint.Id), string.Create(CultureInfo.InvariantCulture, $"{file}.a{checkpoint.Attempt}"));
    }

    public static bool IsUnfinishedManifest(string name) => name.StartsWith(UnfinishedPrefix, StringComparison.Ordinal);

    /// <summary>The checkpoints that have a directory, with or without a manifest.</summary>
    public IEnumerable<CheckpointId> Checkpoints(IFileSystem files, string job)
    {
        foreach (var name in files.ListDirectories(Job(job)))
        {
            if (name.StartsWith(CheckpointPrefix, StringComparison.Ordinal)
                && long.TryParse(name.AsSpan(CheckpointPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                yield return new CheckpointId(id);
            }
        }
    }
}
