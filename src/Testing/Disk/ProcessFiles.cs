using Weir.Runtime.Files.Disk;

namespace Weir.Testing.Disk;

/// <summary>
/// A file system as one simulated process sees it: each operation may fail or be the process's last, and a dead process can do none.
/// </summary>
/// <param name="files">The file system of the machine, which outlives the process.</param>
/// <param name="guard">What stands before each operation.</param>
internal sealed class ProcessFiles(IFileSystem files, IOperationGuard guard) : IFileSystem
{
    private readonly List<ProcessLock> _locks = [];

    /// <summary>Gets the file system of the machine.</summary>
    public IFileSystem Machine => files;

    /// <summary>
    /// Calls something else that is on the machine, as if it were a file operation: it may fail, or be the process's last.
    /// </summary>
    public T Call<T>(string operation, string path, Func<T> perform) => guard.Do(operation, path, perform);

    /// <summary>Says that what the process calls has done something to it, so that it may fail.</summary>
    public void Blame() => guard.Blame();

    public IReadableFile OpenRead(string path) => new Readable(guard.Do("open", path, () => files.OpenRead(path)), path, guard);

    public IWritableFile CreateNew(string path) => new Writable(guard.Do("create", path, () => files.CreateNew(path)), path, guard);

    public void Rename(string from, string to) => Do("rename", to, () => files.Rename(from, to));

    public void DeleteFile(string path) => Do("delete", path, () => files.DeleteFile(path));

    public void DeleteDirectory(string path) => Do("delete directory", path, () => files.DeleteDirectory(path));

    public void CreateDirectory(string path) => Do("create directory", path, () => files.CreateDirectory(path));

    public void SyncDirectory(string path) => Do("sync directory", path, () => files.SyncDirectory(path));

    public bool FileExists(string path) => guard.Do("look for", path, () => files.FileExists(path));

    public bool DirectoryExists(string path) => guard.Do("look for", path, () => files.DirectoryExists(path));

    public IReadOnlyList<string> ListFiles(string path) => guard.Do("list", path, () => files.ListFiles(path));

    public IReadOnlyList<string> ListDirectories(string path) => guard.Do("list", path, () => files.ListDirectories(path));

    public IDisposable? TryLock(string path)
    {
        ProcessLock? own = null;
        try
        {
            return guard.Do("lock", path, () =>
            {
                // Noted within the operation: a process that dies right after it has the lock, though nobody has told it so.
                if (files.TryLock(path) is { } held)
                {
                    own = new ProcessLock(held);
                    _locks.Add(own);
                }

                return own;
            });
        }
        catch (IOException)
        {
            // Whoever did not get the handle does not hold the lock.
            own?.Dispose();
            throw;
        }
    }

    /// <summary>Lets go of all locks, as the operating system does when a process ends or a lease runs out.</summary>
    public void ReleaseLocks()
    {
        foreach (var held in _locks)
        {
            held.Dispose();
        }
    }

    private void Do(string operation, string path, Action perform) => guard.Do(operation, path, () =>
    {
        perform();
        return true;
    });

    private sealed class ProcessLock(IDisposable held) : IDisposable
    {
        private bool _isReleased;

        public void Dispose()
        {
            if (!_isReleased)
            {
                _isReleased = true;
                held.Dispose();
            }
        }
    }

    private sealed class Readable(IReadableFile file, string path, IOperationGuard guard) : IReadableFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            // No larger than what there is: readers come with buffers of a hundred times the size of a simulated file.
            byte[] copy = [];
            var wanted = buffer.Length;
            var length = guard.Do("read", path, () =>
            {
                copy = new byte[Math.Clamp(file.Length - offset, 0, wanted)];
                return file.Read(copy, offset);
            });
            copy.AsSpan(0, length).CopyTo(buffer);
            return length;
        }

        public void Dispose() => file.Dispose();
    }

    private sealed class Writable(IWritableFile file, string path, IOperationGuard guard) : IWritableFile
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            var copy = bytes.ToArray();
            guard.DoWrite(path, copy.Length, length => file.Write(copy.AsSpan(0, length)));
        }

        public void Sync() => guard.Do("sync", path, () =>
        {
            file.Sync();
            return true;
        });

        public void Dispose() => file.Dispose();
    }
}
