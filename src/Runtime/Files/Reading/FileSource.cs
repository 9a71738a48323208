using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>Reads records from the lines of files.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="kind">What the files are, for messages.</param>
/// <param name="path">Where they are.</param>
/// <param name="options">How they are read.</param>
internal abstract class FileSource<T>(string kind, string path, FileSourceOptions options)
    : Source<T, FileSplit>, IFileInput, IEndlessSource
{
    private readonly InputPath _input = new(path);

    public override string Description => $"{kind} at {_input.Full}";

    public bool IsEndless => options.NewFilesEvery is not null;

    public override Codec<FileSplit> SplitCodec => FileSplitCodec.Instance;

    /// <summary>What the readers share about malformed lines.</summary>
    protected RejectedRows Rejected { get; } = new();

    /// <summary>Whether byte ranges of a file can be read on their own.</summary>
    protected abstract bool IsSplittable { get; }

    public override SplitOrder Order => options.AreInTimeOrder ? SplitOrder.InTimeOrder : SplitOrder.OneByOne;

    public bool Covers(string file) => _input.Covers(file);

    public override async ValueTask<IReadOnlyList<FileSplit>> ListSplitsAsync(SourceContext context, CancellationToken cancellation)
    {
        var splits = new List<FileSplit>();
        var discovery = Discover(context, default);
        do
        {
            splits.AddRange(await discovery.NextAsync(cancellation).ConfigureAwait(false));
        }
        while (discovery.AskAgainIn == TimeSpan.Zero);
        return splits;
    }

    public override ISplitDiscovery<FileSplit> Discover(SourceContext context, ReadOnlyMemory<byte> state) =>
        new FileDiscovery(_input, options, IsSplittable ? context.Parallelism : 1, state.IsEmpty ? null : FileDiscoveryState.Read(state))
        {
            Inspect = Inspect,
            Warn = text => context.Warn($"Operator '{context.Operator}': {text}."),
            OnBegun = Rejected.Restart,
        };

    public override Offset StartOf(FileSplit split) => new(split.Start);

    public override string? Refuse(FileSplit split) => _input.Covers(split.Path) ? null :
        $"the checkpoint reads '{split.Path}', but this source reads '{_input.Full}'. " +
        "Give the job the input it was started with, or start a new job with its own checkpoint directory";

    /// <summary>Looks at a file before its first record is read; at the first thousand before any record is.</summary>
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
}
