using Weir.Runtime.Files.Writing;
using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>
/// A job that writes some rows to a file sink in a few checkpoints, start after start. Its checkpoints are kept outside, and survive it.
/// </summary>
/// <param name="files">The disk.</param>
/// <param name="rows">What it writes.</param>
/// <param name="name">Its name.</param>
internal sealed class FilesSinkJob(SimulatedFileSystem files, IReadOnlyList<int> rows, string name = "job")
{
    private const int RowsPerCheckpoint = 4;
    private readonly List<Saved> _checkpoints = [];
    private long _attempt;
    private long _lastCheckpoint;

    /// <summary>Gets what makes the ids of its runs other than those of another job of this name.</summary>
    public ulong RunSalt { get; init; }

    /// <summary>Gets how the sink writes.</summary>
    public FileSinkOptions Options { get; init; } = new() { MaxPartBytes = 30 };

    /// <summary>Gets how many checkpoints are kept.</summary>
    public int Retained { get; init; } = 2;

    /// <summary>Gets or sets what happens after each commit: a reader takes files away.</summary>
    public Action AfterCommit { get; set; } = () => { };

    /// <summary>Gets how many checkpoints there are.</summary>
    public int Checkpoints => _checkpoints.Count;

    /// <summary>Gets what the sinks of all starts have warned of.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Gets the newest checkpoint's files.</summary>
    public IReadOnlyList<string> NewestFiles => [.. _checkpoints[^1].Transactions.SelectMany(transaction => transaction.Handle.Parts)];

    /// <summary>The checkpoints are lost.</summary>
    public void LoseCheckpoints() => _checkpoints.Clear();

    /// <summary>The newest checkpoint can no longer be read.</summary>
    public void DamageNewest() => _checkpoints.RemoveAt(_checkpoints.Count - 1);

    /// <summary>Runs until it is done, after a crash from the newest checkpoint again.</summary>
    /// <param name="second">How many operations after the first crash the second comes; 0 for never.</param>
    /// <param name="afterCrash">What happens after a crash, before the next start.</param>
    public async Task RunUntilDone(int second = 0, Action? afterCrash = null)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                await Run();
                files.CrashAt = 0;
                return;
            }
            catch (SimulatedCrashException)
            {
                files.Restart();
                afterCrash?.Invoke();
                files.CrashAt = i == 0 && second > 0 ? files.Operations + second : 0;
            }
        }
    }

    /// <summary>One start, to the end.</summary>
    public async Task Run()
    {
        var attempt = ++_attempt;
        var from = _checkpoints.LastOrDefault();
        var run = from?.Run ?? (RunSalt << 32) + (ulong)attempt;
        await using var process = new FilesSinkProcess(files, attempt, Options, run: run, job: name, retained: Retained);
        try
        {
            await process.Recover(from?.Transactions, from?.Name, _checkpoints.FirstOrDefault()?.Name.Id);
            await RunFrom(process, attempt, run, from?.Offset ?? 0);
        }
        finally
        {
            Warnings.AddRange(process.Warnings);
        }
    }

    private async Task RunFrom(FilesSinkProcess process, long attempt, ulong run, int offset)
    {
        for (var next = offset; next < rows.Count; next += RowsPerCheckpoint)
        {
            process.Write(rows.Skip(next).Take(RowsPerCheckpoint).Select(i => new FilesRow("r", i)));
            var id = ++_lastCheckpoint;
            var transactions = await process.PreCommit(id);

            // Here the manifest appears. The store refuses that of an attempt that has a successor.
            if (attempt != _attempt)
            {
                throw new FencedException($"Attempt {attempt} of {name} is not the newest.");
            }

            _checkpoints.Add(new Saved(process.Name(id), run, next + RowsPerCheckpoint, transactions));
            _checkpoints.RemoveRange(0, Math.Max(0, _checkpoints.Count - Retained));
            await process.Commit();
            AfterCommit();
        }
    }

    private sealed record Saved(
        CheckpointName Name, ulong Run, int Offset, IReadOnlyList<(CheckpointName Checkpoint, FileTransaction Handle)> Transactions);
}
