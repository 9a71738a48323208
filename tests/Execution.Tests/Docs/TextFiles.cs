using System.Collections.Concurrent;

namespace Weir.Execution.Tests.Docs;

/// <summary>Writes each record as a line into files that appear with their checkpoint. The page <c>write-a-sink.md</c> quotes it.</summary>
internal sealed class TextFiles<T>(string directory) : ITransactionalSink<T>
{
    public string Description => $"text files in {directory}";

    public ISinkWriter<T> Open(SinkContext context)
    {
        Directory.CreateDirectory(directory);
        return new TextFileWriter<T>(directory, context);
    }
}

internal sealed class TextFileWriter<T>(string directory, SinkContext context) : TwoPhaseCommitSink<T, string>
{
    // By transaction: the next one is written to while an earlier one is pre-committed on another thread.
    private readonly ConcurrentDictionary<string, FileStream> _open = [];
    private int _begun;

    public override Codec<string> TransactionCodec => Codecs.Of<string>();

    // The attempt never comes twice, so no earlier process has used the name.
    public override string Begin() => $"{Prefix}{context.Attempt}-{context.Subtask}-{++_begun}.txt";

    public override void Write(string transaction, Batch<T> batch)
    {
        var file = _open.GetOrAdd(transaction, name => new FileStream(Hidden(name), FileMode.CreateNew));
        foreach (var record in batch.Values)
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes($"{record}\n"));
        }
    }

    public override ValueTask<string> PreCommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (!_open.TryRemove(transaction, out var file))
        {
            // Nothing was written: the stored handle says that there is nothing to commit.
            return ValueTask.FromResult("");
        }

        using (file)
        {
            file.Flush(flushToDisk: true);
        }

        return ValueTask.FromResult(transaction);
    }

    public override ValueTask CommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (transaction.Length > 0 && !File.Exists(Visible(transaction)))
        {
            File.Move(Hidden(transaction), Visible(transaction));
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask AbortAsync(string transaction, CancellationToken cancellation)
    {
        if (_open.TryRemove(transaction, out var file))
        {
            file.Dispose();
        }

        File.Delete(Hidden(transaction));
        return ValueTask.CompletedTask;
    }

    public override ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
    {
        // All that was restored has been committed: what is still hidden belongs to no checkpoint.
        foreach (var lost in Directory.EnumerateFiles(directory, $".{Prefix}*"))
        {
            File.Delete(lost);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var file in _open.Values)
        {
            file.Dispose();
        }

        return base.DisposeAsync();
    }

    private string Prefix => $"{context.Job}+{context.Operator}-";

    private string Hidden(string transaction) => Path.Combine(directory, $".{transaction}");

    private string Visible(string transaction) => Path.Combine(directory, transaction);
}
