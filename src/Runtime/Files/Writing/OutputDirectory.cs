using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Writing;

/// <summary>
/// The directory that one sink writes to in one attempt, shared by its subtasks: who owns it, and the ledger of what was finished in it.
/// </summary>
/// <remarks>
/// <para>The records are in a directory of their own, <c>.weir</c>, each an empty file whose name says all. A lock keeps other processes of
/// this machine out. Where locks do not work, claims do: a new owner claims first and looks afterwards whether the old one has finished
/// something; an owner makes its files pending first and looks afterwards whether it still is the owner. So one of the two sees the other,
/// and stops.</para>
/// <para>Safe for concurrent use by pre-commits and commits of different subtasks.</para>
/// </remarks>
internal sealed class OutputDirectory
{
    /// <summary>The directory of the records.</summary>
    public const string RecordsName = ".weir";

    private const string LockName = "lock";

    private const int MaxRounds = 100;

    private readonly IFileSystem _files;
    private readonly FileSinkOptions _options;
    private readonly OutputOwner _me;
    private readonly Ownership _ownership;
    private readonly string _path;
    private readonly string _records;
    private readonly HashSet<LedgerEntry> _restored = [];
    private readonly LeftTransactions _left;
    private readonly IReadOnlyCollection<OwnerClaim> _known;
    private readonly PreviousOwner _previous;
    private readonly string? _warning;
    private OwnerClaim? _claim;

    /// <summary>Opens it, once the lock is held. Claims nothing yet.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="options">How to write.</param>
    /// <param name="me">Who opens it.</param>
    /// <param name="known">The claims that were there before the lock was asked for.</param>
    /// <exception cref="SinkException">It is another's.</exception>
    public OutputDirectory(string path, FileSinkOptions options, OutputOwner me, IReadOnlyCollection<OwnerClaim> known)
    {
        _known = known;
        _path = path;
        _files = options.FileSystem;
        _options = options;
        _me = me;
        _records = RecordsOf(path);
        _left = new LeftTransactions(path, me);
        _ownership = new Ownership(path, me, options.KeepsExistingOutput);
        Ledger = new Ledger(_files, _records, options.IsDurable);
        (_previous, _warning) = Granted(_ownership.Decide(List()));
    }

    /// <summary>Gets the ledger of what was finished.</summary>
    public Ledger Ledger { get; }

    /// <summary>The directory of a directory's records.</summary>
    public static string RecordsOf(string path) => Path.Combine(path, RecordsName);

    /// <summary>The lock of a directory.</summary>
    public static string LockOf(string path) => Path.Combine(path, RecordsName, LockName);

    /// <summary>
    /// A checkpoint holds a transaction. Fails if its files cannot be in this directory: it is not the one that they were written to.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="committed">The checkpoint, if the transaction is to be committed; null if it is to be aborted.</param>
    /// <exception cref="SinkException">It is not; or another run has finished files there since.</exception>
    public void Restore(FileTransaction transaction, CheckpointName? committed = null)
    {
        if (_previous == PreviousOwner.None)
        {
            throw new SinkException(_ownership.Gone("is not the one that the checkpoint's files were written to"));
        }

        if (transaction.Parts.Count > 0)
        {
            Decide(List(), null, committed);
            _restored.Add(LedgerEntry.Of(transaction));
        }
    }

    /// <summary>
    /// A savepoint holds a transaction. Whether its files are none of this directory: then they are left where they are, to the job that
    /// wrote them.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    public bool TryLeave(FileTransaction transaction) => _left.TryAdd(transaction, List());

    /// <summary>Fails if the directory is no longer this attempt's.</summary>
    /// <exception cref="SinkException">It was removed, or another run has taken it over.</exception>
    /// <exception cref="FencedException">A later attempt of the job has taken over.</exception>
    public void Check()
    {
        if (_claim is { } claim)
        {
            var lost = _ownership.Lost(new OutputListing([], List(_records)), claim);
            if (lost is not null)
            {
                Granted(lost);
            }
        }
    }

    /// <summary>
    /// Makes the directory this attempt's, withdraws what the checkpoint to continue from does not cover, and deletes what no checkpoint
    /// knows of. After everything restored has been committed; harmless if repeated.
    /// </summary>
    /// <param name="recovery">Where the job continues.</param>
    /// <param name="retained">How many completed checkpoints the job may have to go back.</param>
    /// <param name="warn">Takes what the user should hear of.</param>
    public void CleanUp(RecoveryContext recovery, int retained, Action<string> warn)
    {
        if (_claim is not null)
        {
            return;
        }

        if (recovery.RestoredFrom is null && _ownership.Forgotten(List()) is { } forgotten)
        {
            Granted(forgotten);
        }

        var claim = Claim(recovery.RestoredFrom);
        try
        {
            TakeOver(claim, recovery, warn);
            Ledger.Remove(Ledger.Expired([.. List().Entries.Where(entry => entry.Run == _me.Run)], _restored, recovery.Oldest, retained));
            _claim = claim;
        }
        catch (Exception error) when (error is SinkException or FencedException)
        {
            // The claim before this one counts again.
            _files.DeleteFile(PathOf(claim));
            throw;
        }

        foreach (var text in new[] { _warning, _left.Describe(recovery.RestoredFrom) }.OfType<string>())
        {
            warn(text);
        }
    }

    private void TakeOver(OwnerClaim claim, RecoveryContext recovery, Action<string> warn)
    {
        // Not before the directory is this run's: who is refused after all must have left the other's ledger whole.
        var listing = Settle(claim, recovery, warn);
        TryRemove(listing.Entries.Where(entry => entry.Run != _me.Run), listing.Hidden.Where(file => file.Part.Run != _me.Run));
        foreach (var settled in Ownership.Settled(List().Claims, claim))
        {
            _files.DeleteFile(PathOf(settled));
        }
    }

    // Until nothing changes: a process that was believed dead may still finish what it had pending, though no more than that, and readers
    // take files meanwhile.
    private OutputListing Settle(OwnerClaim claim, RecoveryContext recovery, Action<string> warn)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var listing = List();
            CheckClaim(listing, claim, recovery.RestoredFrom);
            var withdrawal = Withdrawal.Of(listing, _me, recovery.RestoredFrom);
            Judge(withdrawal, recovery, warn);
            if (withdrawal.Hide.Count > 0)
            {
                Hide(withdrawal, recovery, warn);
                continue;
            }

            // Files of a later attempt are not ours to judge: then this process is the one that was believed dead.
            var isChanged = TryRemove(
                withdrawal.Forget, listing.Hidden.Where(file => file.Part.Run == _me.Run && file.Part.Attempt <= _me.Attempt));
            if (!isChanged && round > 0)
            {
                return listing;
            }
        }

        throw new SinkException(
            $"Files in '{_path}' go on appearing while they are withdrawn: does another process write there? Stop it, and start "
                + "again.");
    }

    private void CheckClaim(OutputListing listing, OwnerClaim claim, CheckpointName? restored)
    {
        if (_ownership.Lost(listing, claim) is { } lost)
        {
            Granted(lost);
        }

        Decide(listing, claim, restored);
    }

    private void Decide(OutputListing listing, OwnerClaim? own, CheckpointName? restored) =>
        Granted(_ownership.Decide(listing, own, _options.AcceptsDoubledOutput ? null : restored));

    private void Judge(Withdrawal withdrawal, RecoveryContext recovery, Action<string> warn)
    {
        if (withdrawal.Describe(_path, recovery, _options.AcceptsDoubledOutput) is { } doubled)
        {
            if (!_options.AcceptsDoubledOutput)
            {
                throw new SinkException(doubled);
            }

            // Once the entries are removed nobody knows of them any more.
            warn(doubled);
        }
    }

    // Visible files become pending again, durably, before their entries go. Wherever power fails: a file whose entry is there is visible,
    // pending or taken.
    private void Hide(Withdrawal withdrawal, RecoveryContext recovery, Action<string> warn)
    {
        foreach (var part in withdrawal.Hide)
        {
            Hide(part);
        }

        Sync(_path);
        warn($"{withdrawal.Hide.Count} finished files in '{_path}' are withdrawn, the first of them '{withdrawal.Hide[0].Finished}': "
            + "they were finished with "
            + $"checkpoints after {recovery.RestoredFrom}, from which the job continues, and their rows will be written again.");
    }

    // The entries first, for good: of an entry whose file is absent, a reader has taken it.
    private bool TryRemove(IEnumerable<LedgerEntry> entries, IEnumerable<(PartName Part, string Name, PartState State)> hidden)
    {
        var (forgotten, files) = (entries.ToList(), hidden.ToList());
        if (forgotten.Count > 0)
        {
            Ledger.Remove(forgotten);
            Ledger.Sync();
        }

        foreach (var file in files)
        {
            _files.DeleteFile(Path.Combine(_path, file.Name));
        }

        return forgotten.Count > 0 || files.Count > 0;
    }

    private void Hide(PartName part)
    {
        var (finished, pending) = (Path.Combine(_path, part.Finished), Path.Combine(_path, part.Pending));
        if (_files.FileExists(pending))
        {
            // A crash left it with both names.
            _files.DeleteFile(finished);
            return;
        }

        try
        {
            _files.Rename(finished, pending);
        }
        catch (FileNotFoundException)
        {
            // A reader has taken it at this very moment: the next round sees that.
        }
    }

    private OwnerClaim Claim(CheckpointName? restored)
    {
        var listing = List();
        Decide(listing, null, restored);
        if (_ownership.Forestalled(listing, _known) is { } forestalled)
        {
            Granted(forestalled);
        }

        var claim = new OwnerClaim((listing.Newest?.Number ?? 0) + 1, _me);
        try
        {
            using var file = _files.CreateNew(PathOf(claim));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new SinkException($"No file can be created in '{_records}': check its permissions.", error);
        }

        Ledger.Sync();
        return claim;
    }

    private string PathOf(OwnerClaim claim) => Path.Combine(_records, claim.FileName);

    private static (PreviousOwner Previous, string? Warning) Granted(OwnershipDecision decision) => decision switch
    {
        OwnershipDecision.Granted granted => (granted.Previous, granted.Warning),
        OwnershipDecision.Fenced fenced => throw new FencedException(fenced.Message),
        OwnershipDecision.Refused refused => throw new SinkException(refused.Message),
        _ => throw new InvariantException($"no such decision: {decision}"),
    };

    private OutputListing List() => new(ListFiles(), List(_records));

    private IReadOnlyList<string> ListFiles()
    {
        try
        {
            return List(_path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new SinkException(
                $"The output directory '{_path}' may not be listed by the user this process runs as: check its permissions, or choose "
                    + "another.", error);
        }
    }

    // One that is gone holds nothing: above all no claim.
    private IReadOnlyList<string> List(string directory)
    {
        try
        {
            return _files.ListFiles(directory);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private void Sync(string directory)
    {
        if (_options.IsDurable)
        {
            _files.SyncDirectory(directory);
        }
    }
}
