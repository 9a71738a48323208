using Weir.Runtime.Files.Writing;
using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>
/// One process that writes to a file sink as the runtime drives it: what its last checkpoint holds lives outside, and survives it.
/// </summary>
internal sealed class FilesSinkProcess : IAsyncDisposable
{
    private readonly FileSinkWriter<FilesRow> _sink;
    private readonly long _attempt;
    private readonly List<(CheckpointName Checkpoint, FileTransaction Handle)> _pending = [];
    private FileTransaction? _current;

    public FilesSinkProcess(
        SimulatedFileSystem files,
        long attempt,
        FileSinkOptions? options = null,
        string @operator = "totals",
        int subtask = 0,
        bool isCsv = false,
        string job = "job",
        ulong run = 0x0a,
        int retained = 3)
    {
        options = (options ?? new FileSinkOptions()) with { FileSystem = files };
        var sink = isCsv ? Weir.Files.Csv<FilesRow>("/out", options) : Weir.Files.JsonLines<FilesRow>("/out", options);
        _attempt = attempt;
        _sink = (FileSinkWriter<FilesRow>)sink.Open(new SinkContext(job, @operator, subtask, attempt, new RunId(run), TimeProvider.System)
        {
            RetainedCheckpoints = retained,
            Warn = Warnings.Add,
        });
    }

    public List<string> Warnings { get; } = [];

    /// <summary>The name of a checkpoint of this process.</summary>
    public CheckpointName Name(long id) => new(_attempt, new CheckpointId(id));

    /// <summary>What a start does: it commits what the checkpoint holds, cleans up and begins.</summary>
    public async Task Recover(
        IEnumerable<(CheckpointName Checkpoint, FileTransaction Handle)>? restored = null,
        CheckpointName? from = null,
        CheckpointId? oldest = null,
        params IReadOnlyList<CheckpointName> damaged)
    {
        foreach (var (checkpoint, handle) in restored ?? [])
        {
            await _sink.RecoverAndCommitAsync(handle, checkpoint, default);
        }

        await CleanUp(from, oldest, damaged);
        _current = _sink.Begin();
    }

    public ValueTask CleanUp(CheckpointName? from, CheckpointId? oldest = null, params IReadOnlyList<CheckpointName> damaged) =>
        _sink.CleanUpAsync(new RecoveryContext(from, damaged) { Oldest = oldest ?? from?.Id }, default);

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
    public async Task<(CheckpointName Checkpoint, FileTransaction Handle)[]> PreCommit(long checkpoint)
    {
        var name = Name(checkpoint);
        _pending.Add((name, await _sink.PreCommitAsync(_current!, name, default)));
        _current = _sink.Begin();
        return [.. _pending];
    }

    /// <summary>The checkpoint exists.</summary>
    public async Task Commit()
    {
        foreach (var (checkpoint, handle) in _pending)
        {
            await _sink.CommitAsync(handle, checkpoint, default);
        }

        _pending.Clear();
    }

    /// <summary>Writes rows and takes a checkpoint with them.</summary>
    public async Task<(CheckpointName Checkpoint, FileTransaction Handle)[]> Checkpoint(long checkpoint, params IEnumerable<FilesRow> rows)
    {
        Write(rows);
        var held = await PreCommit(checkpoint);
        await Commit();
        return held;
    }

    public ValueTask DisposeAsync() => _sink.DisposeAsync();
}
