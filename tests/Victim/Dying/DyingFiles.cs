using Weir.Runtime.Files.Disk;

namespace Weir.Victim.Dying;

/// <summary>The files of a checkpoint store whose process dies in the middle of writing, reading, naming and deleting them.</summary>
/// <param name="fatal">The point.</param>
/// <param name="locks">Whether a lock keeps others out: not where two processes are to meet, as those of two machines do.</param>
internal sealed class DyingFiles(FatalPoint fatal, bool locks = true) : IFileSystem
{
    private readonly PhysicalFileSystem _files = PhysicalFileSystem.Instance;

    public IReadableFile OpenRead(string path) => IsState(path) ? new Reading(_files.OpenRead(path), fatal) : _files.OpenRead(path);

    public IWritableFile CreateNew(string path) => IsState(path) ? new Writing(_files.CreateNew(path), fatal) : _files.CreateNew(path);

    public void Rename(string from, string to)
    {
        if (Path.GetFileName(to) == "manifest")
        {
            fatal.Pass(Failpoint.BeforeManifest);
        }

        _files.Rename(from, to);
        if (Path.GetFileName(to) == "manifest")
        {
            fatal.Pass(TopicPoint.AfterManifest);
        }
    }

    public void DeleteFile(string path)
    {
        if (IsOfCheckpoint(path))
        {
            fatal.Pass(TopicPoint.BeforeCleanUp);
        }

        _files.DeleteFile(path);
        if (IsOfCheckpoint(path))
        {
            fatal.Pass(Failpoint.DuringCleanUp);
        }
    }

    public void DeleteDirectory(string path)
    {
        // A part of it first, as a directory goes that is deleted by several calls.
        if (Directory.Exists(path) && Directory.EnumerateFiles(path).FirstOrDefault() is { } first)
        {
            DeleteFile(first);
        }

        _files.DeleteDirectory(path);
    }

    public void CreateDirectory(string path) => _files.CreateDirectory(path);

    public void SyncDirectory(string path) => _files.SyncDirectory(path);

    public bool FileExists(string path) => _files.FileExists(path);

    public bool DirectoryExists(string path) => _files.DirectoryExists(path);

    public IReadOnlyList<string> ListFiles(string path) => _files.ListFiles(path);

    public IReadOnlyList<string> ListDirectories(string path) => _files.ListDirectories(path);

    public IDisposable? TryLock(string path) => locks ? _files.TryLock(path) : new NoLock();

    private static bool IsState(string path) => IsOfCheckpoint(path) && !path.EndsWith("manifest", StringComparison.Ordinal);

    private static bool IsOfCheckpoint(string path) => Path.GetFileName(Path.GetDirectoryName(path)) is { } directory
        && (directory == "shared" || directory.StartsWith("chk-", StringComparison.Ordinal));

    private sealed class Writing(IWritableFile inner, FatalPoint fatal) : IWritableFile
    {
        public long Length => inner.Length;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            inner.Write(bytes[..(bytes.Length / 2)]);
            fatal.Pass(Failpoint.DuringUpload);
            inner.Write(bytes[(bytes.Length / 2)..]);
        }

        public void Sync() => inner.Sync();

        public void Dispose() => inner.Dispose();
    }

    private sealed class Reading(IReadableFile inner, FatalPoint fatal) : IReadableFile
    {
        public long Length => inner.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            var read = inner.Read(buffer, offset);
            fatal.Pass(Failpoint.DuringRestore);
            return read;
        }

        public void Dispose() => inner.Dispose();
    }

    private sealed class NoLock : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
