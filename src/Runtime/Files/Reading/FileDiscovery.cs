using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>
/// Finds the files of an input in order of their names, a bounded number at a time; and, if asked to, files that appear later.
/// </summary>
/// <remarks>
/// Without new files the names are those of the first listing: a recovery lists again, and refuses a directory that now holds other files
/// among those that are still to be read. With new files, what is appended to a file that has been read is a split of its own.
/// </remarks>
/// <param name="input">Where the files are.</param>
/// <param name="options">How they are read.</param>
/// <param name="pieces">The most splits of one file.</param>
/// <param name="state">What a checkpoint holds; null to begin.</param>
internal sealed class FileDiscovery(InputPath input, FileSourceOptions options, int pieces, FileDiscoveryState? state)
    : ISplitDiscovery<FileSplit>
{
    private const int FilesAtOnce = 64;

    // So many files are looked at before the first record of any is read: what is wrong with one is better known at once.
    private const int FilesLookedAtFirst = 1000;
    private readonly InputDoubts _doubts = new();
    private bool _hasWarned;
    private int _lookedAt;
    private FileDiscoveryState _state = state ?? FileDiscoveryState.Empty;
    private Queue<string>? _left;

    /// <summary>Gets what says whether a file can be read, and what is doubtful about it.</summary>
    public required Func<IReadableFile, string, long, string?> Inspect { get; init; }

    /// <summary>Gets what is told, once, of what is doubtful.</summary>
    public required Action<string> Warn { get; init; }

    /// <summary>Gets what is called when the source is read from its beginning.</summary>
    public required Action OnBegun { get; init; }

    public ReadOnlyMemory<byte> State => _state.ToBytes();

    public TimeSpan? AskAgainIn => _left is { Count: > 0 } ? TimeSpan.Zero : options.NewFilesEvery;

    public ValueTask<IReadOnlyList<FileSplit>> NextAsync(CancellationToken cancellation)
    {
        if (_left is null || (_left.Count == 0 && options.NewFilesEvery is not null))
        {
            var isFirst = _left is null;
            _left = new Queue<string>(options.NewFilesEvery is null ? Rest() : Everything());
            if (isFirst)
            {
                Begin(_left);
            }
        }

        var splits = new List<FileSplit>();
        for (var files = 0; files < FilesAtOnce && _left.TryDequeue(out var path); files++)
        {
            cancellation.ThrowIfCancellationRequested();
            Open(path, file => AddSplits(file, path, splits));
            _lookedAt = Math.Max(0, _lookedAt - 1);
        }

        Tell();
        return ValueTask.FromResult<IReadOnlyList<FileSplit>>(splits);
    }

    // The files of the first listing that have not been handed out.
    private List<string> Rest()
    {
        var files = input.List(options.FileSystem, mayBeEmpty: false);
        if (state is null)
        {
            _state = _state with { Last = files[^1], Left = files.Count };
            return [.. files];
        }

        var rest = files.Where(file =>
            string.CompareOrdinal(file, _state.Last) <= 0 && (_state.Behind is null || string.CompareOrdinal(file, _state.Behind) > 0))
                .ToList();
        return rest.Count == _state.Left ? rest
            : throw SourceErrors.Relisted(input.Full, _state.Left, rest.Count, _state.Behind, _state.Last);
    }

    // All that is there; what is gone is forgotten, so that the state holds no more names than the directory.
    private IReadOnlyList<string> Everything()
    {
        var files = input.List(options.FileSystem, mayBeEmpty: true);
        var there = files.ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _state.Known.Keys.Where(path => !there.Contains(path)).ToList())
        {
            _state.Known.Remove(gone);
        }

        return files;
    }

    private void Begin(Queue<string> files)
    {
        if (state is null)
        {
            OnBegun();
        }

        foreach (var path in files.Take(FilesLookedAtFirst))
        {
            Open(path, file => Look(file, path, EndOf(file, 0)));
            _lookedAt++;
        }
    }

    private void Look(IReadableFile file, string path, long length)
    {
        if (length > 0 && Inspect(file, path, length) is { } doubt)
        {
            _doubts.Add(path, doubt);
        }
    }

    private void Tell()
    {
        if (!_hasWarned && _doubts.Text is { } text)
        {
            _hasWarned = true;
            Warn(text);
        }
    }

    private void AddSplits(IReadableFile file, string path, List<FileSplit> splits)
    {
        var known = _state.Known.GetValueOrDefault(path);
        CheckKnown(file, path, known);
        var start = known.End;
        var length = EndOf(file, start);
        if (_lookedAt == 0)
        {
            Look(file, path, length);
        }

        var fingerprint = length > start ? FileFingerprint.Of(file, length) : null;
        if (length > start)
        {
            splits.AddRange(SplitPlanner.Cut(path, start, length, pieces, options.MinSplitSizeBytes)
                .Select(split => split with { Fingerprint = fingerprint }));
        }

        if (options.NewFilesEvery is null)
        {
            _state = _state with { Behind = path, Left = _state.Left - 1 };
        }
        else if (length > start)
        {
            _state.Known[path] = new KnownFile(length, fingerprint);
        }
    }

    // Of a file that is still written to, what ends with a line: the rest, a header too, may be half of what it will be.
    private long EndOf(IReadableFile file, long start) =>
        options.AreFilesComplete ? file.Length : LastLine.EndOf(file, start, options.MaxLineBytes);

    // Whose length has not changed is not read again and again. What has, and does not begin as it did, was rotated or written anew: lines
    // of the new file would be taken for read.
    private static void CheckKnown(IReadableFile file, string path, KnownFile known)
    {
        var length = file.Length;
        if (length < known.End)
        {
            throw SourceErrors.Shrunk(path, length, known.End);
        }

        if (length > known.End && known.Fingerprint is { } read && FileFingerprint.Of(file, known.End) != read)
        {
            throw SourceErrors.Replaced(path, known.End);
        }
    }

    private void Open(string path, Action<IReadableFile> use)
    {
        try
        {
            using var file = options.FileSystem.OpenRead(path);
            use(file);
        }
        catch (Exception error) when (error is FileNotFoundException && path.Contains('\uFFFD'))
        {
            throw SourceErrors.BadName(path, error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // Whoever looks for new files must expect that files are taken away again.
            if (options.NewFilesEvery is null)
            {
                throw SourceErrors.Missing(path, error);
            }
        }
        catch (UnauthorizedAccessException error)
        {
            throw SourceErrors.NotPermitted(path, error);
        }
    }
}
