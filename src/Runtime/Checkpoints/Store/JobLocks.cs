using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Checkpoints.Store;

/// <summary>The locks by which one store keeps other processes out of its jobs. All attempts of this process share a job's lock.</summary>
/// <remarks>
/// The file system is never asked under the monitor: a call of an abandoned attempt that stands still must not stop the next one. Safe for
/// concurrent use.
/// </remarks>
/// <param name="files">The file system.</param>
internal sealed class JobLocks(IFileSystem files) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>An attempt is about to begin.</summary>
    /// <param name="path">The lock.</param>
    /// <returns>Whether this process has it. Then <see cref="Leave"/> must be called.</returns>
    public JobLock Enter(string path)
    {
        Entry entry;
        lock (_lock)
        {
            entry = _entries.TryGetValue(path, out var known) ? known : _entries[path] = new Entry();
            entry.Beginning++;
            if (entry.Held is not null)
            {
                return JobLock.Held;
            }
        }

        IDisposable? taken = null;
        var result = JobLock.Elsewhere;
        try
        {
            taken = files.TryLock(path);
            result = Keep(entry, ref taken);
        }
        finally
        {
            taken?.Dispose();
            if (result != JobLock.Held)
            {
                Leave(path, null);
            }
        }

        return result;
    }

    /// <summary>An attempt has begun, or could not.</summary>
    /// <param name="path">The lock.</param>
    /// <param name="begun">Its number, if it has.</param>
    public void Leave(string path, long? begun) => Update(path, entry =>
    {
        entry.Beginning--;
        entry.Newest = Math.Max(entry.Newest, begun ?? 0);
    });

    /// <summary>An attempt has ended: the lock goes, unless a later one has it.</summary>
    /// <param name="path">The lock.</param>
    /// <param name="attempt">The attempt.</param>
    public void Release(string path, long attempt) => Update(path, entry => entry.Released = Math.Max(entry.Released, attempt));

    /// <summary>Lets go of all.</summary>
    public void Dispose()
    {
        List<IDisposable> held;
        lock (_lock)
        {
            held = [.. _entries.Values.Select(entry => entry.Held).OfType<IDisposable>()];
            _entries.Clear();
        }

        held.ForEach(one => one.Dispose());
    }

    private JobLock Keep(Entry entry, ref IDisposable? taken)
    {
        lock (_lock)
        {
            if (entry.Held is null)
            {
                entry.Held = taken;
                taken = null;
            }

            return entry.Held is not null ? JobLock.Held : entry.Beginning > 1 ? JobLock.Unanswered : JobLock.Elsewhere;
        }
    }

    private void Update(string path, Action<Entry> change)
    {
        IDisposable? free = null;
        lock (_lock)
        {
            if (!_entries.TryGetValue(path, out var entry))
            {
                return;
            }

            change(entry);
            if (entry.Beginning == 0 && entry.Newest <= entry.Released)
            {
                free = entry.Held;
                _entries.Remove(path);
            }
        }

        free?.Dispose();
    }

    private sealed class Entry
    {
        /// <summary>Gets or sets the lock.</summary>
        public IDisposable? Held { get; set; }

        /// <summary>Gets or sets how many attempts are about to begin.</summary>
        public int Beginning { get; set; }

        /// <summary>Gets or sets the newest attempt that has begun.</summary>
        public long Newest { get; set; }

        /// <summary>Gets or sets the newest attempt that has ended.</summary>
        public long Released { get; set; }
    }
}

/// <summary>What became of taking a job's lock.</summary>
internal enum JobLock
{
    /// <summary>This process has it.</summary>
    Held,

    /// <summary>Another has it.</summary>
    Elsewhere,

    /// <summary>An earlier call of this process for it has not answered yet.</summary>
    Unanswered,
}
