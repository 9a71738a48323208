using System.Globalization;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Stores;

/// <summary>The place on the disk of one operator's stores, in one attempt. Empty at the beginning, and gone at the end.</summary>
/// <param name="working">The directory of the process.</param>
/// <param name="owner">Whose place it is.</param>
/// <param name="open">Opens a store in a directory.</param>
internal sealed class StoreRoom(WorkingDirectory working, StateOwner owner, Func<string, IEntryStore> open) : IStoreRoom
{
    private const int CopyBytes = 1 << 20;

    private string? _path;
    private int _next;

    /// <inheritdoc/>
    public string NewDirectory(string what)
    {
        _path ??= working.Enter(string.Create(CultureInfo.InvariantCulture, $"{owner.Attempt}-{owner.Chain}-{owner.Subtask}"));
        return Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"{what}-{Interlocked.Increment(ref _next)}"));
    }

    /// <inheritdoc/>
    public IEntryStore Open() => open(NewDirectory("state"));

    /// <inheritdoc/>
    public IEntryStore Restore(IEnumerable<(string Name, Func<Stream> Open)> files)
    {
        var directory = NewDirectory("state");
        Directory.CreateDirectory(directory);
        foreach (var (name, read) in files)
        {
            using var from = read();
            using var to = File.Create(Path.Combine(directory, Path.GetFileName(name)));
            from.CopyTo(to, CopyBytes);
        }

        return open(directory);
    }

    /// <inheritdoc/>
    public void Discard(string directory) => Delete(directory);

    /// <summary>Deletes a directory. Best effort: all is deleted at the end.</summary>
    public static void Delete(string directory)
    {
        try
        {
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A file of it may still be read; whoever takes the directory next begins by emptying it.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_path is not null)
        {
            Delete(_path);
            working.Leave();
            _path = null;
        }
    }
}
