using Weir.Runtime.Files.Disk;
using Weir.Testing.Disk;

namespace Weir.Testing;

/// <summary>
/// A file system in memory that can be crashed, filled up and made to fail. After a crash bytes are there that were synced and a seeded
/// part of the others; names in a directory that were synced and, in the order of the changes, a seeded part of the others.
/// </summary>
/// <remarks>Deterministic: the same seed and the same operations leave the same files.</remarks>
public sealed partial class SimulatedFileSystem : IFileSystem
{
    private readonly SimulatedDirectory _root = new();
    private readonly HashSet<string> _locks = new(StringComparer.Ordinal);

    /// <summary>Makes an empty one.</summary>
    /// <param name="seed">Decides what crashes take.</param>
    public SimulatedFileSystem(int seed = 0) => _random = new Random(seed);

    /// <summary>Puts a durable file there, with the directories above it; not counted as an operation.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="content">The bytes.</param>
    public void Put(string path, ReadOnlySpan<byte> content)
    {
        lock (Gate)
        {
            var directory = _root;
            foreach (var name in SegmentsOf(Path.GetDirectoryName(path)!))
            {
                if (directory.Find(name) is not SimulatedDirectory below)
                {
                    below = new SimulatedDirectory();
                    directory.Change(null, name, below);
                    directory.Sync();
                }

                directory = below;
            }

            var file = new SimulatedFile();
            file.Append(content);
            file.Sync();
            directory.Change(null, Path.GetFileName(path), file);
            directory.Sync();
        }
    }

    /// <summary>The bytes of a file; not counted as an operation.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <returns>A copy.</returns>
    public byte[] Get(string path)
    {
        lock (Gate)
        {
            return Find(path) is SimulatedFile file ? file.Content.ToArray() : throw NotFound(path);
        }
    }

    /// <inheritdoc/>
    public IReadableFile OpenRead(string path)
    {
        lock (Gate)
        {
            Enter(FileOperationKind.OpenRead, path, Life);
            return Find(path) is SimulatedFile file ? new SimulatedHandle(this, file, path) : throw NotFound(path);
        }
    }

    /// <inheritdoc/>
    public IWritableFile CreateNew(string path)
    {
        lock (Gate)
        {
            Enter(FileOperationKind.Create, path, Life);
            var directory = ParentOf(path);
            var file = new SimulatedFile();
            Add(directory, null, path, file);
            return new SimulatedHandle(this, file, path);
        }
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        lock (Gate)
        {
            Enter(FileOperationKind.Rename, from, Life);
            if (!Path.GetDirectoryName(from.AsSpan()).SequenceEqual(Path.GetDirectoryName(to.AsSpan())))
            {
                throw new NotSupportedException($"The simulation renames within a directory only, not '{from}' to '{to}'.");
            }

            Add(ParentOf(from), Path.GetFileName(from), to, Find(from) ?? throw NotFound(from));
        }
    }

    /// <inheritdoc/>
    public void DeleteFile(string path) => Delete<SimulatedFile>(FileOperationKind.DeleteFile, path);

    /// <inheritdoc/>
    public void DeleteDirectory(string path) => Delete<SimulatedDirectory>(FileOperationKind.DeleteDirectory, path);

    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        lock (Gate)
        {
            Enter(FileOperationKind.CreateDirectory, path, Life);
            var directory = _root;
            foreach (var name in SegmentsOf(path))
            {
                var below = directory.Find(name);
                if (below is null)
                {
                    below = new SimulatedDirectory();
                    directory.Change(null, name, below);
                }

                directory = below as SimulatedDirectory ?? throw new IOException($"Cannot create '{path}': '{name}' is a file.");
            }
        }
    }

    /// <inheritdoc/>
    public void SyncDirectory(string path)
    {
        lock (Gate)
        {
            Enter(FileOperationKind.SyncDirectory, path, Life);
            DirectoryAt(path).Sync();
        }
    }

    /// <inheritdoc/>
    public bool FileExists(string path) => Peek(path) is SimulatedFile;

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Peek(path) is SimulatedDirectory;

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFiles(string path) => List<SimulatedFile>(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> ListDirectories(string path) => List<SimulatedDirectory>(path);

    /// <inheritdoc/>
    public IDisposable? TryLock(string path)
    {
        lock (Gate)
        {
            Enter(FileOperationKind.Lock, path, Life);
            if (Find(path) is null)
            {
                Add(ParentOf(path), null, path, new SimulatedFile());
            }

            return !HasLocks || _locks.Add(path) ? new HeldLock(this, path) : null;
        }
    }

    private object? Peek(string path)
    {
        lock (Gate)
        {
            Enter(FileOperationKind.List, path, Life);
            return Find(path);
        }
    }

    private IReadOnlyList<string> List<T>(string path)
    {
        lock (Gate)
        {
            Enter(FileOperationKind.List, path, Life);
            return DirectoryAt(path).NamesOf<T>();
        }
    }

    private void Delete<T>(FileOperationKind kind, string path)
    {
        lock (Gate)
        {
            Enter(kind, path, Life);
            if (Find(path) is T)
            {
                ParentOf(path).Change(Path.GetFileName(path), null, null);
            }
        }
    }

    private object? Find(ReadOnlySpan<char> path)
    {
        object? found = _root;
        foreach (var name in path.Split('/'))
        {
            if (!path[name].IsEmpty)
            {
                found = (found as SimulatedDirectory)?.Find(path[name]);
            }
        }

        return found;
    }

    private SimulatedDirectory ParentOf(string path) => DirectoryAt(Path.GetDirectoryName(path.AsSpan()));

    private SimulatedDirectory DirectoryAt(ReadOnlySpan<char> path) =>
        Find(path) as SimulatedDirectory ?? throw new DirectoryNotFoundException($"There is no directory '{path}'.");

    private static void Add(SimulatedDirectory directory, string? removed, string path, object entry)
    {
        var name = Path.GetFileName(path);
        if (directory.Find(name) is not null)
        {
            throw new IOException($"'{path}' exists already.");
        }

        directory.Change(removed, name, entry);
    }

    private static string[] SegmentsOf(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static FileNotFoundException NotFound(string path) => new($"There is no file '{path}'.", path);

    private sealed class HeldLock(SimulatedFileSystem system, string path) : IDisposable
    {
        private readonly int _life = system.Life;

        public void Dispose()
        {
            lock (system.Gate)
            {
                if (system.Life == _life)
                {
                    system._locks.Remove(path);
                }
            }
        }
    }
}
