using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Tests.Savepoints;

/// <summary>The machine's files, on a disk that takes empty files only while it is full.</summary>
internal sealed class FullFiles : IFileSystem
{
    private readonly PhysicalFileSystem _files = PhysicalFileSystem.Instance;

    public bool IsFull { get; set; }

    public IReadableFile OpenRead(string path) => _files.OpenRead(path);

    public IWritableFile CreateNew(string path) =>
        IsFull && !path.EndsWith(".unfinished", StringComparison.Ordinal)
            ? throw new IOException($"The disk is full: '{path}'.") : _files.CreateNew(path);

    public void Rename(string from, string to) => _files.Rename(from, to);

    public void DeleteFile(string path) => _files.DeleteFile(path);

    public void DeleteDirectory(string path) => _files.DeleteDirectory(path);

    public void CreateDirectory(string path) => _files.CreateDirectory(path);

    public void SyncDirectory(string path) => _files.SyncDirectory(path);

    public bool FileExists(string path) => _files.FileExists(path);

    public bool DirectoryExists(string path) => _files.DirectoryExists(path);

    public IReadOnlyList<string> ListFiles(string path) => _files.ListFiles(path);

    public IReadOnlyList<string> ListDirectories(string path) => _files.ListDirectories(path);

    public IDisposable? TryLock(string path) => _files.TryLock(path);
}
