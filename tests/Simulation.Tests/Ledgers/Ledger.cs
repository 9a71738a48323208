using System.Runtime.CompilerServices;
using System.Text;
using Weir.Runtime.Files.Disk;
using Weir.Testing;
using Weir.Testing.Disk;

namespace Weir.Simulation.Tests.Ledgers;

/// <summary>
/// A small transactional database beside the simulated files. Like a broker, it keeps a transaction only as long as its process is the
/// newest: fencing aborts
/// those of older ones, and who asks with an old attempt is refused. What it has committed is durable.
/// </summary>
/// <param name="machine">Shows the committed rows as files, so that what looks at outputs can look at these.</param>
internal sealed class Ledger(SimulatedFileSystem machine)
{
    public const string Directory = "/out/ledger";

    private static readonly ConditionalWeakTable<SimulatedFileSystem, Ledger> All = [];

    private readonly Dictionary<long, Transaction> _open = [];
    private readonly List<CheckpointName> _decided = [];
    private long _attempt;
    private long _next;

    /// <summary>The ledger of a machine, as one process sees it: each call may fail, or be the process's last.</summary>
    public static LedgerClient Of(IFileSystem files)
    {
        var process = files as ProcessFiles;
        var machine = (SimulatedFileSystem)(process?.Machine ?? files);
        return new LedgerClient(All.GetValue(machine, made => new Ledger(made)), process);
    }

    /// <summary>Shuts older attempts out, and says what is decided, newest first.</summary>
    public IReadOnlyList<CheckpointName> Fence(long attempt)
    {
        Check(attempt);
        _attempt = attempt;
        foreach (var old in _open.Where(pair => pair.Value.Attempt < attempt).Select(pair => pair.Key).ToList())
        {
            _open.Remove(old);
        }

        return [.. _decided.OrderDescending()];
    }

    public long Begin(long attempt)
    {
        Check(attempt);
        _open.Add(++_next, new Transaction(attempt, [], null));
        return _next;
    }

    /// <summary>Writes the rows of a transaction; from then on it waits for a checkpoint.</summary>
    public bool Prepare(long attempt, long transaction, IReadOnlyList<string> rows, CheckpointName checkpoint)
    {
        Check(attempt);
        _open[transaction] = new Transaction(attempt, rows, checkpoint);
        return true;
    }

    /// <summary>
    /// Commits all that waits for a checkpoint or an older one of the same attempt, and the checkpoint's name with it, at once.
    /// </summary>
    public bool Commit(CheckpointName checkpoint)
    {
        Check(checkpoint.Attempt);
        var due = _open.Where(pair => pair.Value.Checkpoint is { } waiting && waiting.Attempt == checkpoint.Attempt
            && waiting.Id <= checkpoint.Id).ToList();
        _decided.Add(checkpoint);
        machine.Put($"{Directory}/{checkpoint.Attempt}-{checkpoint.Id}.jsonl",
            Encoding.UTF8.GetBytes(string.Concat(due.SelectMany(pair => pair.Value.Rows))));
        due.ForEach(pair => _open.Remove(pair.Key));
        return true;
    }

    /// <summary>Whether a checkpoint is decided. What an older attempt did not decide it never will.</summary>
    public bool HasDecided(CheckpointName checkpoint)
    {
        if (_decided.Contains(checkpoint))
        {
            return true;
        }

        Check(checkpoint.Attempt);
        return false;
    }

    private void Check(long attempt)
    {
        if (attempt < _attempt)
        {
            throw new FencedException($"The ledger has been taken over by attempt {_attempt}; {attempt} may not use it any more.");
        }
    }

    private sealed record Transaction(long Attempt, IReadOnlyList<string> Rows, CheckpointName? Checkpoint);
}
