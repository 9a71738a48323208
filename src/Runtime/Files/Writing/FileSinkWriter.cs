using Weir.Runtime.Files.Disk;

namespace Weir.Runtime.Files.Writing;

/// <summary>The file sink of one subtask. A part file is in progress (hidden), then pending (hidden, durable, named in a checkpoint), then finished.</summary>
/// <remarks>
/// Writing, on the subtask's thread, and pre-committing, on another, never touch the same transaction; what they share is the table of open transactions and
/// the directory, which the operating system guards.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
internal sealed class FileSinkWriter<T>(string directory, FileSinkOptions options, RowEncoder<T> encoder, SinkContext context)
    : TwoPhaseCommitSink<T, FileTransaction>
{
    private readonly IFileSystem _files = options.FileSystem;

    // Ids of operators are unique in a job only, and jobs may share a directory. No id and no job's name holds a plus.
    private readonly string _operator = PartName.Escape($"{context.Job}+{context.Operator}");
    private readonly Lock _lock = new();
    private readonly Dictionary<long, OpenTransaction<T>> _open = [];
    private OpenTransaction<T>? _current;
    private long _nextTransaction;
    private long _nextPart = -1;

    public override Codec<FileTransaction> TransactionCodec => FileTransactionCodec.Instance;

    public override FileTransaction Begin()
    {
        var number = _nextTransaction++;
        _current = new OpenTransaction<T>(number);
        lock (_lock)
        {
            _open.Add(number, _current);
        }

        return new FileTransaction(number, []);
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

    public override ValueTask<FileTransaction> PreCommitAsync(FileTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var parts = Find(transaction)?.Parts ?? [];
        foreach (var part in parts)
        {
            part.Finish(options.IsDurable);
            _files.Rename(PathOf(part.Name.InProgress), PathOf(part.Name.Pending));
        }

        SyncDirectory(parts.Count);
        Forget(transaction);
        return ValueTask.FromResult(transaction with { Parts = [.. parts.Select(part => part.Name.Finished)] });
    }

    public override ValueTask CommitAsync(FileTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        foreach (var part in transaction.Parts)
        {
            PendingFile.Commit(_files, directory, part);
        }

        SyncDirectory(transaction.Parts.Count);
        return ValueTask.CompletedTask;
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

    // Everything restored has been committed by now: what is still hidden belongs to no checkpoint. Files of a later attempt
    // are not ours to judge: then this process is the one that was believed dead.
    public override ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
    {
        foreach (var name in ListFiles())
        {
            if (PartName.TryParse(name, encoder.Extension, out var part, out var isHidden)
                && isHidden && part.Operator == _operator && part.Attempt <= context.Attempt)
            {
                _files.DeleteFile(PathOf(name));
            }
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
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
        return base.DisposeAsync();
    }

    private void Discard(OpenTransaction<T> transaction)
    {
        foreach (var part in transaction.Parts)
        {
            part.Dispose();
            _files.DeleteFile(PathOf(part.Name.InProgress));
        }
    }

    private PartWriter<T> CreatePart()
    {
        if (_nextPart < 0)
        {
            _nextPart = FirstFreeNumber();
        }

        var name = new PartName(_operator, context.Subtask, context.Attempt, _nextPart++, encoder.Extension);
        try
        {
            return new PartWriter<T>(name, _files.CreateNew(PathOf(name.InProgress)), encoder);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new SinkException($"No file can be created in the output directory '{directory}': check its permissions.", error);
        }
    }

    // Attempts begin at 1 again when a user deletes the checkpoints but not the output: its files must not stand in the way.
    private long FirstFreeNumber()
    {
        var first = 0L;
        foreach (var file in ListFiles())
        {
            if (PartName.TryParse(file, encoder.Extension, out var part, out _)
                && part.Operator == _operator && part.Subtask == context.Subtask && part.Attempt == context.Attempt)
            {
                first = Math.Max(first, part.Number + 1);
            }
        }

        return first;
    }

    private IReadOnlyList<string> ListFiles()
    {
        try
        {
            return _files.ListFiles(directory);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new SinkException($"The output directory '{directory}' may not be listed by the user this process runs as: check its permissions, or choose another.", error);
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
