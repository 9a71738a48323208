namespace Weir.Runtime.Files.Disk;

/// <summary>The part of a file system that Weir uses, so that tests can own it: crash it, fill it, damage it.</summary>
/// <remarks>
/// Paths are absolute or relative to the process; failures are <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>, and
/// name the path. Safe for concurrent use on different files.
/// </remarks>
public interface IFileSystem
{
    /// <summary>Opens a file for reading at any offset.</summary>
    IReadableFile OpenRead(string path);

    /// <summary>Creates a new, empty file; fails if there is one.</summary>
    IWritableFile CreateNew(string path);

    /// <summary>Renames atomically within a directory tree of one volume; fails if the target exists.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file; harmless if it is gone.</summary>
    void DeleteFile(string path);

    /// <summary>Deletes a directory and all in it; harmless if it is gone.</summary>
    void DeleteDirectory(string path);

    /// <summary>Creates a directory and those above it; harmless if it is there.</summary>
    void CreateDirectory(string path);

    /// <summary>Makes the names in a directory durable: creations, renames and deletions before this call survive a crash.</summary>
    void SyncDirectory(string path);

    /// <summary>Whether there is a file.</summary>
    bool FileExists(string path);

    /// <summary>Whether there is a directory.</summary>
    bool DirectoryExists(string path);

    /// <summary>The names (not paths) of files in a directory, in ordinal order.</summary>
    IReadOnlyList<string> ListFiles(string path);

    /// <summary>The names (not paths) of directories in a directory, in ordinal order.</summary>
    IReadOnlyList<string> ListDirectories(string path);

    /// <summary>
    /// Takes a lock that no other process can have at the same time, and that ends with this one; null if another has it.
    /// </summary>
    IDisposable? TryLock(string path);
}
