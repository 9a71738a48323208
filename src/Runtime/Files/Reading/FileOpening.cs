using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Reading;

/// <summary>Opens input files.</summary>
internal static class FileOpening
{
    /// <summary>Opens a file that was listed before.</summary>
    /// <exception cref="SourceException">It is gone, or may not be read.</exception>
    public static IReadableFile Open(string path, IFileSystem files)
    {
        try
        {
            return files.OpenRead(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw SourceErrors.Missing(path, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SourceErrors.NotPermitted(path, error);
        }
    }
}
