using Weir.Runtime.Files.Writing;
using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>One process that writes to a file sink as the runtime drives it: what its last checkpoint holds lives outside, and survives it.</summary>
internal sealed class FilesSinkProcess : IAsyncDisposable
{
    private readonly FileSinkWriter<FilesRow> _sink;
    private readonly List<FileTransaction> _pending = [];
    private FileTransaction? _current;

    public FilesSinkProcess(SimulatedFileSystem files, long attempt, FileSinkOptions? options = null, string @operator = "totals", int subtask = 0, bool isCsv = false, string job = "job")
    {
        options = (options ?? new FileSinkOptions()) with { FileSystem = files };
        var sink = isCsv ? Weir.Files.Csv<FilesRow>("/out", options) : Weir.Files.JsonLines<FilesRow>("/out", options);
        _sink = (FileSinkWriter<FilesRow>)sink.Open(new SinkContext(job, @operator, subtask, attempt, default, TimeProvider.System));
    }

    public async Task Recover(IEnumerable<FileTransaction> restored)
    {
        foreach (var transaction in restored)
        {
            await _sink.RecoverAndCommitAsync(transaction, default, default);
        }

        await _sink.CleanUpAsync(new RecoveryContext(null, []), default);
        _current = _sink.Begin();
    }

    public void Write(params IEnumerable<FilesRow> rows)
    {
        var batch = new Batch<FilesRow>();
        foreach (var row in rows)
        {
            batch.Add(row);
        }

        _sink.Write(_current!, batch);
    }

    /// <summary>The barrier: what the checkpoint is to hold.</summary>
    public async Task<FileTransaction[]> PreCommit()
    {
        _pending.Add(await _sink.PreCommitAsync(_current!, default, default));
        _current = _sink.Begin();
        return [.. _pending];
    }

    /// <summary>The checkpoint exists.</summary>
    public async Task Commit()
    {
        foreach (var transaction in _pending)
        {
            await _sink.CommitAsync(transaction, default, default);
        }

        _pending.Clear();
    }

    public ValueTask DisposeAsync() => _sink.DisposeAsync();
}
