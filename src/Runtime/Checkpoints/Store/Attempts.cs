using System.Globalization;
using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Checkpoints.Store;

/// <summary>The attempts of a job, as files <c>attempt-‹k›</c> in its directory: the one with the greatest number rules.</summary>
internal static class Attempts
{
    private const string Prefix = "attempt-";

    /// <summary>Begins a new attempt: from here on all earlier ones are refused.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="directory">The job's directory.</param>
    /// <param name="known">The greatest attempt that is known otherwise.</param>
    public static long Begin(IFileSystem files, string directory, long known)
    {
        while (true)
        {
            var attempt = Math.Max(known, Newest(files, directory)) + 1;
            var path = PathOf(directory, attempt);
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

                // Two processes began at once, where locks do not work: the other has this number.
                continue;
            }

            files.SyncDirectory(directory);
            return attempt;
        }
    }

    /// <summary>Deletes what earlier attempts began with; the newest one rules.</summary>
    public static void DeleteOlder(IFileSystem files, string directory, long attempt)
    {
        foreach (var older in All(files, directory).Where(older => older < attempt).ToList())
        {
            files.DeleteFile(PathOf(directory, older));
        }
    }

    /// <summary>Fails if a newer attempt has begun.</summary>
    public static void Check(IFileSystem files, string directory, string job, long attempt)
    {
        var newest = files.DirectoryExists(directory) ? Newest(files, directory) : 0;
        if (newest > attempt)
        {
            throw new FencedException(
                $"Attempt {attempt} of the job '{job}' has been superseded by attempt {newest} in '{directory}': another process has "
                    + "taken the job over, so this one must stop.");
        }

        if (newest < attempt)
        {
            throw new CheckpointStoreException(
                $"The checkpoint directory '{directory}' has been deleted or replaced while attempt {attempt} of the job '{job}' was "
                    + "running: stop the job, and start it again.");
        }
    }

    /// <summary>The newest attempt; 0 if there was none.</summary>
    public static long Newest(IFileSystem files, string directory) => All(files, directory).DefaultIfEmpty(0).Max();

    private static IEnumerable<long> All(IFileSystem files, string directory)
    {
        foreach (var name in files.ListFiles(directory))
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal)
                && long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
            {
                yield return attempt;
            }
        }
    }

    private static string PathOf(string directory, long attempt) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{attempt}"));
}
