using Weir.Runtime.Files.Disk;

namespace Weir.Simulation.Tests.Broken;

/// <summary>The files of a store that does not wait for the disk to have state: it is acknowledged before it is durable.</summary>
internal sealed class UnsyncedFiles(IFileSystem inner) : IFileSystem
{
    public IReadableFile OpenRead(string path) => inner.OpenRead(path);

    public IWritableFile CreateNew(string path) =>
        IsState(path) ? new Unsynced(inner.CreateNew(path)) : inner.CreateNew(path);

    public void Rename(string from, string to) => inner.Rename(from, to);

    public void DeleteFile(string path) => inner.DeleteFile(path);

    public void DeleteDirectory(string path) => inner.DeleteDirectory(path);

    public void CreateDirectory(string path) => inner.CreateDirectory(path);

    public void SyncDirectory(string path) => inner.SyncDirectory(path);

    public bool FileExists(string path) => inner.FileExists(path);

    public bool DirectoryExists(string path) => inner.DirectoryExists(path);

    public IReadOnlyList<string> ListFiles(string path) => inner.ListFiles(path);

    public IReadOnlyList<string> ListDirectories(string path) => inner.ListDirectories(path);

    public IDisposable? TryLock(string path) => inner.TryLock(path);

    private static bool IsState(string path) =>
        (path.Contains("/chk-", StringComparison.Ordinal) || path.Contains("/shared/", StringComparison.Ordinal))
        && !path.EndsWith("manifest", StringComparison.Ordinal);

    private sealed class Unsynced(IWritableFile inner) : IWritableFile
    {
        public long Length => inner.Length;

        public void Write(ReadOnlySpan<byte> bytes) => inner.Write(bytes);

        public void Sync()
        {
        }

        public void Dispose() => inner.Dispose();
    }
}
