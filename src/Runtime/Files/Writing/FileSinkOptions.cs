using Weir.Runtime.Files.Disk;

namespace Weir;

/// <summary>How a file sink writes.</summary>
public sealed record FileSinkOptions
{
    /// <summary>Gets the size from which a part file is followed by another. Each checkpoint begins new files as well.</summary>
    public long MaxPartBytes { get; init; } = 128L << 20;

    /// <summary>
    /// Gets a value indicating whether files are forced to the disk before a checkpoint relies on them. Without it a crash of the machine,
    /// though not of the process, can lose finished output.
    /// </summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>
    /// Gets a value indicating whether a job that begins without a checkpoint may write to a directory that holds finished files. False,
    /// the default, refuses: after a loss of the checkpoints all rows would be written a second time. If true, the files stay, and those of
    /// this run come beside them.
    /// </summary>
    public bool KeepsExistingOutput { get; init; }

    /// <summary>
    /// Gets a value indicating whether a job may go on that must fall back to an older checkpoint although readers have taken files that
    /// were finished after it, by itself or by another run in its place. False, the default, refuses and names the files or the run; if
    /// true, their rows are written a second time. Files of its own that are still there are withdrawn either way.
    /// </summary>
    public bool AcceptsDoubledOutput { get; init; }

    /// <summary>Gets the file system: the machine's, or a simulated one in tests.</summary>
    public IFileSystem FileSystem { get; init; } = PhysicalFileSystem.Instance;

    internal void Check() => ArgumentOutOfRangeException.ThrowIfLessThan(MaxPartBytes, 1, nameof(MaxPartBytes));
}
