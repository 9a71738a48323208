using System.Globalization;

namespace Weir.RocksDbState.Stores;

/// <summary>The working files of this process: a directory <c>run-‹n›</c> with a lock that ends with the process.</summary>
/// <remarks>
/// Several processes may share the directory above it: each takes the first that nobody has, and empties those that nobody has any more. So
/// what a process leaves behind that was killed goes when the next one begins.
/// </remarks>
/// <param name="root">The directory that the user named.</param>
internal sealed class WorkingDirectory(string root)
{
    private const string Prefix = "run-";
    private const int MostProcesses = 1000;

    private readonly Lock _gate = new();
    private FileStream? _lock;
    private string _path = "";
    private int _users;
    private int _next;

    /// <summary>A new directory; <see cref="Leave"/> when it is deleted.</summary>
    /// <param name="name">Begins its name.</param>
    /// <exception cref="StateDirectoryException">There is no way to have one.</exception>
    public string Enter(string name)
    {
        lock (_gate)
        {
            if (_users == 0)
            {
                Take();
            }

            _users++;
            var path = Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"{name}-{_next++}"));
            Directory.CreateDirectory(path);
            return path;
        }
    }

    /// <summary>A directory is not used any more.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_users == 0)
            {
                _lock?.Dispose();
                _lock = null;
            }
        }
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (failure is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    private static void Empty(string path)
    {
        foreach (var left in Directory.GetDirectories(path))
        {
            StoreRoom.Delete(left);
        }
    }

    private void Take()
    {
        try
        {
            for (var i = 0; i < MostProcesses; i++)
            {
                var path = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{i}"));
                if (_lock is not null && !Directory.Exists(path))
                {
                    return;
                }

                Directory.CreateDirectory(path);
                if (TryLock(path) is not { } taken)
                {
                    continue;
                }

                Empty(path);
                if (_lock is null)
                {
                    (_lock, _path) = (taken, path);
                }
                else
                {
                    taken.Dispose();
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Refusal(failure.Message, failure);
        }

        if (_lock is null)
        {
            throw Refusal($"other processes hold the locks of {Prefix}0 to {Prefix}{MostProcesses - 1}", null);
        }
    }

    private StateDirectoryException Refusal(string why, Exception? cause) => new(
        $"RocksDB cannot keep its working files in '{root}': {why}. Name a directory in RocksDbOptions.Directory that this process may "
            + "write to, on a local disk with room for twice the state.", cause);
}
