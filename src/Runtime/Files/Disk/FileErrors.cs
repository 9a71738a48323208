namespace Weir.Runtime.Files.Disk;

/// <summary>Turns what the operating system says into what a user can act on: always with the path.</summary>
internal static class FileErrors
{
    private const int NoSpaceUnix = 28;
    private const int QuotaUnix = 122;
    private const int NoSpaceWindows = unchecked((int)0x80070070);

    /// <summary>The failure of a full disk, as <see cref="PhysicalFileSystem"/> reports it.</summary>
    public static IOException DiskFull(string path, Exception? inner = null) => new DiskFullException(
        $"The disk that holds '{path}' is full. Free space on it or choose a directory on another disk, then start the job again: "
            + "nothing finished is lost.", inner)
    {
        HResult = NoSpaceUnix,
    };

    /// <summary>The failure of a file that may not grow; .NET calls that a wrong argument.</summary>
    public static IOException TooLarge(string path, Exception inner) => new DiskFullException(
        $"'{path}' may not become larger: the process or the file system limits the size of files (ulimit -f). Raise the limit or choose "
            + "a directory "
        + "on another disk, then start the job again: nothing finished is lost.",
        inner);

    public static bool IsDiskFull(IOException error) => error.HResult is NoSpaceUnix or QuotaUnix or NoSpaceWindows;

    /// <summary>The file that stands where a directory of this path would have to be, or null.</summary>
    public static string? FileInTheWayOf(IFileSystem files, string directory)
    {
        for (var path = directory; path is not null; path = Path.GetDirectoryName(path))
        {
            if (files.FileExists(path))
            {
                return path;
            }
        }

        return null;
    }

    public static IOException NotPermitted(string path, Exception? inner = null) => new(
        $"'{path}' may not be accessed by the user this process runs as: check the permissions of the file and of the directories above "
            + "it.", inner);

    public static IOException Named(IOException error, string path)
    {
        if (error is DiskFullException)
        {
            return error;
        }

        if (IsDiskFull(error))
        {
            return DiskFull(path, error);
        }

        // The question is whether the user is told the path, so the text is what must be asked.
        // EMFILE and ENFILE: the process, or the machine, has no descriptors left.
        if (error.HResult is 24 or 23 && !OperatingSystem.IsWindows())
        {
            return new IOException(
                $"'{path}' cannot be opened: too many files are open. Raise the limit (ulimit -n), or lower the parallelism of the job.",
                error)
            { HResult = error.HResult };
        }

        return error.Message.Contains(path, StringComparison.Ordinal) ? error
            : new IOException($"'{path}': {error.Message}", error) { HResult = error.HResult };
    }
}
