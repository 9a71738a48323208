using System.Globalization;
using Weir.Runtime.Files.Disk;
using Weir.Runtime.Files.Writing;

namespace Weir.Runtime.Files.Reading;

/// <summary>
/// What all readers of one source share about malformed lines: the files that these go to, so that there are as many as readers at a time
/// and not as many as inputs, and when the user was told last.
/// </summary>
/// <remarks>Safe for concurrent use: readers of several subtasks meet here, and nowhere else.</remarks>
internal sealed class RejectedRows
{
    private static readonly TimeSpan WarningInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Stack<IWritableFile>> _idle = new(StringComparer.Ordinal);
    private long? _lastWarning;
    private long _untold;

    /// <summary>The source is read from its beginning: the next malformed line is told at once.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _lastWarning = null;
            _untold = 0;
        }
    }

    /// <summary>Counts a line that is left out, and warns if the last warning is ten seconds ago.</summary>
    public void Count(SourceContext context, string path, long offset, string reason)
    {
        string warning;
        lock (_lock)
        {
            _untold++;
            if (_lastWarning is { } last && context.Time.GetElapsedTime(last) < WarningInterval)
            {
                return;
            }

            var isFirst = _lastWarning is null;
            _lastWarning = context.Time.GetTimestamp();
            var since = isFirst ? "" : " since it last said so";
            var where = _untold == 1 ? "at byte" : "the last one at byte";
            warning = string.Create(
                CultureInfo.InvariantCulture,
                $"Operator '{context.Operator}' has left out {Counted.Of(_untold, "malformed line")}{since}, {where} {offset} of "
                    + $"'{SourceErrors.Shown(path)}': {reason}. JobProgress.Skipped counts them all.");
            _untold = 0;
        }

        context.Warn(warning);
    }

    /// <summary>A file for the lines of one reader, which no other has at the same time.</summary>
    public IWritableFile Take(IFileSystem files, string directory, string @operator)
    {
        lock (_lock)
        {
            return _idle.TryGetValue(@operator, out var idle) && idle.TryPop(out var file) ? file : TryCreate(files, directory, @operator);
        }
    }

    /// <summary>A reader needs its file no more; all it wrote is durable.</summary>
    public void GiveBack(string @operator, IWritableFile file)
    {
        lock (_lock)
        {
            if (!_idle.TryGetValue(@operator, out var idle))
            {
                _idle.Add(@operator, idle = new Stack<IWritableFile>());
            }

            idle.Push(file);
        }
    }

    private static IWritableFile TryCreate(IFileSystem files, string directory, string @operator)
    {
        try
        {
            return Create(files, directory, @operator);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && error is not IPermanentFailure)
        {
            // Where a directory cannot be, no restart will make one.
            throw SourceErrors.NoRejected(directory, error);
        }
    }

    // An earlier process may have left some.
    private static IWritableFile Create(IFileSystem files, string directory, string @operator)
    {
        DurableDirectory.Create(files, directory);
        var prefix = $"rejected-{PartName.Escape(@operator)}-";
        var taken = files.ListFiles(directory).ToHashSet(StringComparer.Ordinal);
        var number = 0;
        while (taken.Contains(NameOf(prefix, number)))
        {
            number++;
        }

        var file = files.CreateNew(Path.Combine(directory, NameOf(prefix, number)));
        files.SyncDirectory(directory);
        return file;
    }

    private static string NameOf(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}.jsonl");
}
