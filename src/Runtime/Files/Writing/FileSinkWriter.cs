using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Writing;

/// <summary>
/// The file sink of one subtask. A part file is in progress (hidden), then pending (hidden, durable, named in a checkpoint), then finished.
/// </summary>
/// <remarks>
/// Writing, on the subtask's thread, and pre-committing, on another, never touch the same transaction; what they share is the table of open
/// transactions and the directory, which the operating system guards.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <param name="directory">The directory.</param>
/// <param name="options">How to write.</param>
/// <param name="encoder">What writes records.</param>
/// <param name="context">What the sink is told.</param>
/// <param name="lease">The hold on the directory; let go of with the writer.</param>
internal sealed class FileSinkWriter<T>(
    string directory, FileSinkOptions options, RowEncoder<T> encoder, SinkContext context, OutputLease lease)
    : TwoPhaseCommitSink<T, FileTransaction>
{
    private readonly IFileSystem _files = options.FileSystem;
    private readonly OutputDirectory _output = lease.Directory;
    private readonly LedgerRounds _rounds = new(context.RetainedCheckpoints);
    private readonly Lock _lock = new();
    private readonly Dictionary<long, OpenTransaction<T>> _open = [];
    private OpenTransaction<T>? _current;
    private long _nextTransaction;
    private long _nextPart;
    private bool _isDisposed;

    public override Codec<FileTransaction> TransactionCodec => FileTransactionCodec.Instance;

    public override FileTransaction Begin()
    {
        var number = _nextTransaction++;
        _current = new OpenTransaction<T>(number);
        lock (_lock)
        {
            _open.Add(number, _current);
        }

        return new FileTransaction(number, [], 0);
    }

    public override void Write(FileTransaction transaction, Batch<T> batch)
    {
        Invariant.Holds(_current?.Number == transaction.Number, $"{transaction} is written to, but is not the current one.");
        var values = batch.Values;
        while (values.Length > 0)
        {
            var part = _current.Part ?? _current.Add(CreatePart());
            values = values[part.Write(values, encoder, options.MaxPartBytes)..];
            if (part.Length >= options.MaxPartBytes)
            {
                _current.EndPart(options.IsDurable);
            }
        }
    }

    public override ValueTask<FileTransaction> PreCommitAsync(
        FileTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        _output.Ledger.Remove(_rounds.EndRound(checkpoint.Id));
        var parts = Find(transaction)?.Parts ?? [];
        var names = parts.Select(part => part.Name with { Checkpoint = checkpoint.Id, Attempt = checkpoint.Attempt }).ToList();
        InDirectory(() =>
        {
            for (var i = 0; i < parts.Count; i++)
            {
                parts[i].Finish(options.IsDurable);
                _files.Rename(PathOf(parts[i].Name.InProgress), PathOf(names[i].Pending));
            }

            SyncDirectory(parts.Count);
        });

        // After the files: whoever takes the directory over from here on sees them, or is seen here.
        _output.Check();
        Forget(transaction);
        return ValueTask.FromResult(
            transaction with { Parts = [.. names.Select(name => name.Finished)], Rows = parts.Sum(part => part.Rows) });
    }

    public override ValueTask CommitAsync(FileTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        _output.Check();
        InDirectory(() => Finish(transaction, checkpoint.Id));
        return ValueTask.CompletedTask;
    }

    public override ValueTask RecoverAndCommitAsync(FileTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (!IsLeft(transaction))
        {
            _output.Restore(transaction, checkpoint);
            Finish(transaction, checkpoint.Id);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask RecoverAndAbortAsync(FileTransaction transaction, CancellationToken cancellation)
    {
        if (!IsLeft(transaction))
        {
            _output.Restore(transaction);
        }

        return base.RecoverAndAbortAsync(transaction, cancellation);
    }

    public override ValueTask AbortAsync(FileTransaction transaction, CancellationToken cancellation)
    {
        if (Find(transaction) is { } open)
        {
            Discard(open);
            Forget(transaction);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
    {
        _output.CleanUp(recovery, context.RetainedCheckpoints, context.Warn);
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return ValueTask.CompletedTask;
        }

        _isDisposed = true;
        OpenTransaction<T>[] open;
        lock (_lock)
        {
            open = [.. _open.Values];
            _open.Clear();
        }

        foreach (var transaction in open)
        {
            try
            {
                Discard(transaction);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // What stays behind is hidden, and the next start cleans it up: not worth hiding why this one ends.
            }
        }

        encoder.Dispose();
        lease.Dispose();
        return base.DisposeAsync();
    }

    // What a savepoint has as pending in another directory is not this job's to finish: its output is what follows the savepoint.
    private bool IsLeft(FileTransaction transaction) => context.BeginsWithSavepoint && _output.TryLeave(transaction);

    private void Discard(OpenTransaction<T> transaction)
    {
        foreach (var part in transaction.Parts)
        {
            part.Dispose();
            _files.DeleteFile(PathOf(part.Name.InProgress));
        }
    }

    // The entry first, durably: from then on a file that is absent was taken by a reader, and before it, lost.
    private void Finish(FileTransaction transaction, CheckpointId checkpoint)
    {
        if (transaction.Parts.Count == 0)
        {
            _rounds.Committed(checkpoint, null);
            return;
        }

        var entry = LedgerEntry.Of(transaction);
        if (!_output.Ledger.Contains(entry))
        {
            // A process that was believed dead may have finished it since, and a reader may have taken it.
            if (transaction.Parts.FirstOrDefault(part => !PendingFile.Exists(_files, directory, part)) is { } lost
                && !_output.Ledger.Contains(entry))
            {
                // With the whole directory, perhaps, since the commit began: then that is what the user should hear.
                _output.Check();
                throw Lost(lost);
            }

            _output.Ledger.Add(entry);
        }

        var taken = transaction.Parts.Where(part => !PendingFile.TryCommit(_files, directory, part)).ToList();
        SyncDirectory(transaction.Parts.Count);
        _rounds.Committed(checkpoint, entry);
        if (taken.Count > 0)
        {
            var files = string.Join(", ", taken.Select(part => $"'{PathOf(part)}'"));
            var (are, them) = taken.Count == 1 ? ("is", "it") : ("are", "them");
            context.Warn(
                $"{files} of job '{context.Job}' {are} not there any more. {entry.Checkpoint} had finished {them}, so a reader has taken "
                    + $"{them}: the job goes on.");
        }
    }

    private SinkException Lost(string part) => new(
        $"The output file '{PathOf(part)}' is lost: neither it nor its pending form '{PartName.PendingOf(part)}' is there, and it was "
            + "never finished, so its records "
        + "are missing from the output. It was deleted, or the job writes to another directory than before: put it back; or start over "
        + "without checkpoints and output.");

    private PartWriter<T> CreatePart()
    {
        var name = new PartName(
            lease.Owner.Operator, context.RunId, null, context.Attempt, context.Subtask, _nextPart++, encoder.Extension);
        PartWriter<T>? part = null;
        InDirectory(() => part = new PartWriter<T>(name, _files.CreateNew(PathOf(name.InProgress)), encoder));
        return part!;
    }

    // What is missing is explained by what has become of the directory, if that is known.
    private void InDirectory(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            _output.Check();
            throw;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new SinkException($"No file can be created in the output directory '{directory}': check its permissions.", error);
        }
    }

    private OpenTransaction<T>? Find(FileTransaction transaction)
    {
        lock (_lock)
        {
            return _open.GetValueOrDefault(transaction.Number);
        }
    }

    private void Forget(FileTransaction transaction)
    {
        lock (_lock)
        {
            _open.Remove(transaction.Number);
        }
    }

    private void SyncDirectory(int changes)
    {
        if (changes > 0 && options.IsDurable)
        {
            _files.SyncDirectory(directory);
        }
    }

    private string PathOf(string name) => Path.Combine(directory, name);
}
