using Weir.Runtime.Files.Disk;

namespace Weir;

/// <summary>How a file sink writes.</summary>
public sealed record FileSinkOptions
{
    /// <summary>Gets the size from which a part file is followed by another. Each checkpoint begins new files as well.</summary>
    public long MaxPartBytes { get; init; } = 128L << 20;

    /// <summary>
    /// Gets a value indicating whether files are forced to the disk before a checkpoint relies on them. Without it a crash of the machine, though not of the
    /// process, can lose finished output.
    /// </summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>Gets the file system: the machine's, or a simulated one in tests.</summary>
    public IFileSystem FileSystem { get; init; } = PhysicalFileSystem.Instance;

    internal void Check() => ArgumentOutOfRangeException.ThrowIfLessThan(MaxPartBytes, 1, nameof(MaxPartBytes));
}
