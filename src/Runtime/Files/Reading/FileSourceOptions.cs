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

    /// <summary>Gets the longest line; a longer one is an error whatever <see cref="OnMalformed"/> says, since it is likely no line at all.</summary>
    public int MaxLineBytes { get; init; } = 16 << 20;

    /// <summary>Gets the file system: the machine's, or a simulated one in tests.</summary>
    public IFileSystem FileSystem { get; init; } = PhysicalFileSystem.Instance;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinSplitSizeBytes, 1, nameof(MinSplitSizeBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(BufferBytes, 16, nameof(BufferBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLineBytes, BufferBytes, nameof(MaxLineBytes));
    }
}
