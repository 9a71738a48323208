using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Writing;

/// <summary>
/// An attempt's hold on its output directory: all subtasks of the sink have the same one, and the last of them lets go of the lock.
/// </summary>
internal sealed class OutputLease : IDisposable
{
    private readonly OutputLeases _leases;

    public OutputLease(OutputLeases leases, OutputOwner owner, IDisposable held, OutputDirectory directory)
    {
        _leases = leases;
        Owner = owner;
        Held = held;
        Directory = directory;
    }

    public OutputOwner Owner { get; }

    public OutputDirectory Directory { get; }

    /// <summary>Gets or sets the lock; null once a later attempt has it.</summary>
    public IDisposable? Held { get; set; }

    /// <summary>Gets or sets how many subtasks have it.</summary>
    public int Uses { get; set; } = 1;

    /// <summary>A subtask has ended.</summary>
    public void Dispose() => _leases.Return(this);
}

/// <summary>The leases of one sink of a pipeline, attempt after attempt.</summary>
/// <param name="path">The directory.</param>
/// <param name="options">How to write.</param>
internal sealed class OutputLeases(string path, FileSinkOptions options)
{
    private readonly Lock _lock = new();
    private OutputLease? _current;

    /// <summary>Takes the directory for a subtask.</summary>
    /// <exception cref="SinkException">It is another's, or cannot be written to.</exception>
    public OutputLease Take(OutputOwner me)
    {
        lock (_lock)
        {
            if (_current is { Held: not null } current && current.Owner == me)
            {
                current.Uses++;
                return current;
            }

            DurableDirectory.Create(options.FileSystem, path);
            DurableDirectory.Create(options.FileSystem, OutputDirectory.RecordsOf(path));

            // Before the lock: whoever claims from here on has not seen this one either.
            var known = Claims().Claims;
            return _current = Take(me, known, Inherited(me) ?? options.FileSystem.TryLock(OutputDirectory.LockOf(path)) ?? Bypassed(me));
        }
    }

    /// <summary>A subtask does not need it any more.</summary>
    public void Return(OutputLease lease)
    {
        lock (_lock)
        {
            if (--lease.Uses == 0)
            {
                lease.Held?.Dispose();
                lease.Held = null;
            }
        }
    }

    private OutputLease Take(OutputOwner me, IReadOnlyCollection<OwnerClaim> known, IDisposable held)
    {
        try
        {
            return new OutputLease(this, me, held, new OutputDirectory(path, options, me, known));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    // The store has let this attempt of the run begin. So whoever holds the lock for an earlier one is believed dead, and claims keep it
    // from doing harm.
    private NoLock Bypassed(OutputOwner me)
    {
        var listing = Claims();
        return listing.Newest is { Owner: var owner } && owner.Continues(me) && owner.Attempt < me.Attempt
            ? new NoLock()
            : throw new SinkException(new Ownership(path, me, options.KeepsExistingOutput).InUse(listing, OutputDirectory.LockOf(path)));
    }

    private OutputListing Claims() => new([], options.FileSystem.ListFiles(OutputDirectory.RecordsOf(path)));

    // An attempt that was abandoned because a call of it never came back holds the lock as long as this process lives.
    private IDisposable? Inherited(OutputOwner me)
    {
        if (_current is { Held: { } held } abandoned && abandoned.Owner.Continues(me) && abandoned.Owner.Attempt < me.Attempt)
        {
            abandoned.Held = null;
            return held;
        }

        return null;
    }

    private sealed class NoLock : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
