using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>Reads records from the lines of files.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="kind">What the files are, for messages.</param>
/// <param name="path">Where they are.</param>
/// <param name="options">How they are read.</param>
internal abstract class FileSource<T>(string kind, string path, FileSourceOptions options) : Source<T, FileSplit>
{
    private readonly InputPath _input = new(path);

    public override string Description => $"{kind} at {_input.Full}";

    public override Codec<FileSplit> SplitCodec => FileSplitCodec.Instance;

    /// <summary>What the readers share about malformed lines.</summary>
    protected RejectedRows Rejected { get; } = new();

    /// <summary>Whether byte ranges of a file can be read on their own.</summary>
    protected abstract bool IsSplittable { get; }

    public override ValueTask<IReadOnlyList<FileSplit>> ListSplitsAsync(SourceContext context, CancellationToken cancellation)
    {
        var splits = new List<FileSplit>();
        var doubts = new InputDoubts();
        Rejected.Restart();
        foreach (var file in _input.List(options.FileSystem))
        {
            cancellation.ThrowIfCancellationRequested();
            var length = LengthOf(file, doubts);
            splits.AddRange(SplitPlanner.Cut(file, length, IsSplittable ? context.Parallelism : 1, options.MinSplitSizeBytes));
        }

        if (doubts.Text is { } text)
        {
            context.Warn($"Operator '{context.Operator}': {text}.");
        }

        return ValueTask.FromResult<IReadOnlyList<FileSplit>>(splits);
    }

    public override Offset StartOf(FileSplit split) => new(split.Start);

    public override string? Refuse(FileSplit split) => _input.Covers(split.Path) ? null :
        $"the checkpoint reads '{split.Path}', but this source reads '{_input.Full}'. " +
        "Give the job the input it was started with, or start a new job with its own checkpoint directory";

    /// <summary>Looks at a file before the first record of any file is read.</summary>
    /// <param name="file">The file; the caller closes it.</param>
    /// <param name="path">Its path.</param>
    /// <param name="length">Its length; more than 0.</param>
    /// <returns>What the user should know though the file can be read, as a sentence without a period; or null.</returns>
    /// <exception cref="SourceException">The file cannot be read.</exception>
    protected virtual string? Inspect(IReadableFile file, string path, long length)
    {
        FileHead.Check(file, path, length);
        return null;
    }

    private long LengthOf(string file, InputDoubts doubts)
    {
        try
        {
            using var opened = options.FileSystem.OpenRead(file);
            var length = opened.Length;
            if (length > 0 && Inspect(opened, file, length) is { } doubt)
            {
                doubts.Add(file, doubt);
            }

            return length;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw SourceErrors.Missing(file, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SourceErrors.NotPermitted(file, error);
        }
    }
}
