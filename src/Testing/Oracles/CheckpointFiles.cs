using Weir.Runtime.Checkpoints.Restore;

namespace Weir.Testing.Oracles;

/// <summary>
/// What a job's checkpoint directory must look like: whatever counts as a checkpoint can be read, and none is kept that has expired.
/// </summary>
/// <param name="files">The machine's files, past all faults.</param>
/// <param name="root">The checkpoint directory.</param>
/// <param name="job">The job's name.</param>
internal sealed class CheckpointFiles(SimulatedFileSystem files, string root, string job)
{
    public bool Concerns(string path) => path.StartsWith(root, StringComparison.Ordinal);

    /// <summary>Says which checkpoint counts but cannot be read, or null.</summary>
    public string? FindDamage()
    {
        if (!files.DirectoryExists($"{root}/{job}"))
        {
            return null;
        }

        using var store = new FileCheckpointStore(root, files);
        var reader = new CheckpointReader(job, store);
        foreach (var checkpoint in Ended(store.ListAsync(job, CancellationToken.None)))
        {
            try
            {
                Ended(reader.ReadAsync(checkpoint, CancellationToken.None));
            }
            catch (Exception damage) when (damage is UnusableCheckpointException or IOException)
            {
                return $"{checkpoint} is in the store but cannot be read: {damage.Message}";
            }
        }

        return null;
    }

    /// <summary>Says what an ended job has left behind beside the checkpoints that it keeps, or null.</summary>
    /// <param name="retained">How many it keeps.</param>
    public string? FindLeftovers(int retained)
    {
        var directory = $"{root}/{job}";
        if (!files.DirectoryExists(directory))
        {
            return null;
        }

        using var store = new FileCheckpointStore(root, files);
        var kept = Ended(store.ListAsync(job, CancellationToken.None)).Count;
        var directories = files.ListDirectories(directory).Where(name => name.StartsWith("chk-", StringComparison.Ordinal)).ToList();
        if (kept > retained || directories.Count > kept)
        {
            return $"The job keeps {retained} checkpoints, but {kept} are in '{directory}', in {directories.Count} directories: "
                + $"{string.Join(", ", directories)}.";
        }

        var unfinished = directories
            .SelectMany(name => files.ListFiles($"{directory}/{name}").Select(file => $"{name}/{file}"))
            .FirstOrDefault(name => name.Contains("/.", StringComparison.Ordinal));
        return unfinished is null ? null : $"The unfinished '{unfinished}' is left in '{directory}'.";
    }

    private static T Ended<T>(ValueTask<T> task) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("A store waits for another thread.");
}
