namespace Weir.Runtime.Files.Disk;

/// <summary>The machine's file system.</summary>
public sealed class PhysicalFileSystem : IFileSystem
{
    private PhysicalFileSystem()
    {
    }

    /// <summary>Gets the only one.</summary>
    public static PhysicalFileSystem Instance { get; } = new();

    /// <inheritdoc/>
    public IReadableFile OpenRead(string path) => Naming(path, static path =>
    {
        Posix.CheckKind(path);
        return new PhysicalReadableFile(path);
    });

    /// <inheritdoc/>
    public IWritableFile CreateNew(string path) => Naming(path, static path => new PhysicalWritableFile(path));

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            Naming(from, from => File.Move(from, to, overwrite: false));
        }
        else
        {
            Posix.RenameToNew(from, to);
        }
    }

    /// <inheritdoc/>
    public void DeleteFile(string path)
    {
        try
        {
            Naming(path, File.Delete);
        }
        catch (DirectoryNotFoundException)
        {
            // Then the file is gone as well.
        }
    }

    /// <inheritdoc/>
    public void DeleteDirectory(string path)
    {
        try
        {
            Naming(path, static path => Directory.Delete(path, recursive: true));
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already.
        }
    }

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Naming(path, static path => { Directory.CreateDirectory(path); });

    /// <inheritdoc/>
    public void SyncDirectory(string path)
    {
        // Windows journals names and has no call for this.
        if (!OperatingSystem.IsWindows())
        {
            Posix.SyncDirectory(path);
        }
    }

    /// <inheritdoc/>
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFiles(string path) => Naming(path, static path => Names(Directory.EnumerateFiles(path)));

    /// <inheritdoc/>
    public IReadOnlyList<string> ListDirectories(string path) => Naming(path, static path => Names(Directory.EnumerateDirectories(path)));

    /// <inheritdoc/>
    public IDisposable? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsLocked(error))
        {
            return null;
        }
        catch (IOException error)
        {
            throw FileErrors.Named(error, path);
        }
    }

    // EAGAIN of Linux and macOS, the sharing violation of Windows.
    private static bool IsLocked(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string[] Names(IEnumerable<string> paths)
    {
        var names = paths.Select(path => Path.GetFileName(path)).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    private static void Naming(string path, Action<string> action) => Naming(path, path =>
    {
        action(path);
        return true;
    });

    private static TResult Naming<TResult>(string path, Func<string, TResult> action)
    {
        try
        {
            return action(path);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw FileErrors.Named(error, path);
        }
    }
}
