using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Writing;

/// <summary>The leases of one sink of a pipeline, attempt after attempt.</summary>
/// <remarks>
/// The file system is never asked under the monitor: a call of an abandoned attempt that stands still must not stop the next one. Safe for
/// concurrent use; the subtasks of one attempt come one after the other.
/// </remarks>
/// <param name="path">The directory.</param>
/// <param name="options">How to write.</param>
internal sealed class OutputLeases(string path, FileSinkOptions options)
{
    private readonly Lock _lock = new();
    private readonly List<OutputLease> _leases = [];

    /// <summary>Takes the directory for a subtask.</summary>
    /// <exception cref="SinkException">It is another's, or cannot be written to.</exception>
    /// <exception cref="FencedException">A later attempt has taken it while the file system did not answer.</exception>
    public OutputLease Take(OutputOwner me) => Shared(me) ?? Open(me);

    /// <summary>A subtask does not need it any more.</summary>
    public void Return(OutputLease lease)
    {
        IDisposable? free = null;
        lock (_lock)
        {
            if (--lease.Uses == 0)
            {
                (free, lease.Held) = (lease.Held, null);
                _leases.Remove(lease);
            }
        }

        free?.Dispose();
    }

    private OutputLease? Shared(OutputOwner me)
    {
        lock (_lock)
        {
            var lease = _leases.Find(lease => lease is { Held: not null, Opened: not null } && lease.Owner == me);
            if (lease is not null)
            {
                lease.Uses++;
            }

            return lease;
        }
    }

    private OutputLease Open(OutputOwner me)
    {
        var lease = Begin(me, out var held, out var isUnanswered);
        try
        {
            DurableDirectory.Create(options.FileSystem, path);
            DurableDirectory.Create(options.FileSystem, OutputDirectory.RecordsOf(path));

            // Before the lock: whoever claims from here on has not seen this one either.
            var known = Claims().Claims;
            held ??= options.FileSystem.TryLock(OutputDirectory.LockOf(path)) ?? Bypassed(me, isUnanswered);
            Keep(lease, held, new OutputDirectory(path, options, me, known));
            return lease;
        }
        catch
        {
            held?.Dispose();
            lock (_lock)
            {
                _leases.Remove(lease);
            }

            throw;
        }
    }

    // An attempt that was abandoned because a call of it never came back holds the lock as long as this process lives.
    private OutputLease Begin(OutputOwner me, out IDisposable? inherited, out bool isUnanswered)
    {
        inherited = null;
        isUnanswered = false;
        var lease = new OutputLease(this, me);
        lock (_lock)
        {
            foreach (var abandoned in _leases.Where(other => other.Owner.Continues(me) && other.Owner.Attempt < me.Attempt))
            {
                inherited ??= abandoned.Held;
                abandoned.Held = null;
                isUnanswered |= abandoned.Opened is null;
                abandoned.IsSuperseded = true;
            }

            _leases.Add(lease);
        }

        return lease;
    }

    private void Keep(OutputLease lease, IDisposable held, OutputDirectory directory)
    {
        lock (_lock)
        {
            if (lease.IsSuperseded)
            {
                throw new FencedException(
                    $"A later attempt has taken the output directory '{path}' while the file system did not answer {lease.Owner}.");
            }

            (lease.Held, lease.Opened, lease.Uses) = (held, directory, 1);
        }
    }

    // The store has let this attempt of the run begin. So whoever holds the lock for an earlier one is believed dead, or is this process,
    // and claims keep it from doing harm.
    private NoLock Bypassed(OutputOwner me, bool isUnanswered)
    {
        var listing = Claims();
        return isUnanswered || (listing.Newest is { Owner: var owner } && owner.Continues(me) && owner.Attempt < me.Attempt)
            ? new NoLock()
            : throw new SinkException(new Ownership(path, me, options.KeepsExistingOutput).InUse(listing, OutputDirectory.LockOf(path)));
    }

    private OutputListing Claims() => new([], options.FileSystem.ListFiles(OutputDirectory.RecordsOf(path)));

    private sealed class NoLock : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
