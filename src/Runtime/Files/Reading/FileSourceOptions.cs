using Weir.Runtime.Files.Disk;

namespace Weir;

/// <summary>What every file source can be told.</summary>
public abstract record FileSourceOptions
{
    /// <summary>Gets what happens to a line that cannot be read. By default the job fails with its place and text.</summary>
    public MalformedRows OnMalformed { get; init; } = MalformedRows.Fail;

    /// <summary>Gets the smallest byte range that a file is cut into to give every subtask one.</summary>
    public long MinSplitSizeBytes { get; init; } = 64L << 10;

    /// <summary>Gets the size of one read from the disk.</summary>
    public int BufferBytes { get; init; } = 256 << 10;

    /// <summary>
    /// Gets the longest line; a longer one is an error whatever <see cref="OnMalformed"/> says, since it is likely no line at all.
    /// </summary>
    public int MaxLineBytes { get; init; } = 16 << 20;

    /// <summary>Gets the file system: the machine's, or a simulated one in tests.</summary>
    public IFileSystem FileSystem { get; init; } = PhysicalFileSystem.Instance;

    /// <summary>
    /// Gets a value indicating whether files, in order of their names, are in order of time: no record of a file is earlier than those of
    /// the files before it, but for the disorder that <c>WithEventTime</c> allows. Then files that are unread hold no watermark back:
    /// windows fire while later files are yet to be read, and few are open at a time. False by default: all files are waited for.
    /// </summary>
    public bool AreInTimeOrder { get; init; }

    /// <summary>
    /// Gets how often to look for new files, and for lines appended to known ones, on the job's clock. Such a job does not end by itself.
    /// Null, the default: what is there at the start is read, and the job ends.
    /// </summary>
    public TimeSpan? NewFilesEvery { get; init; }

    /// <summary>
    /// Gets whether files are written to their end: then a last line without a line feed is a line. If they are not, it is not read, since
    /// its writer may be in the middle of it. Null, the default: they are, unless <see cref="NewFilesEvery"/> is set.
    /// </summary>
    public bool? FilesAreComplete { get; init; }

    internal bool AreFilesComplete => FilesAreComplete ?? NewFilesEvery is null;

    internal void Check()
    {
        if (NewFilesEvery is { } interval)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero, nameof(NewFilesEvery));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MinSplitSizeBytes, 1, nameof(MinSplitSizeBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(BufferBytes, 16, nameof(BufferBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLineBytes, BufferBytes, nameof(MaxLineBytes));
    }
}
