using System.Runtime.CompilerServices;
using Weir.Runtime.Files.Disk;
using Weir.Simulation.Tests.Scenarios;
using Weir.Testing;
using Weir.Testing.Disk;

namespace Weir.Simulation.Tests.Slots;

/// <summary>
/// The log of a database, read by slots: transactions of a few changes each, with room between them for what others write. What a slot's
/// reader has confirmed is forgotten, and who asks for it is given what comes next, without a word, as PostgreSQL does.
/// </summary>
internal sealed class ModelLog
{
    private static readonly ConditionalWeakTable<SimulatedFileSystem, ModelLog> All = [];

    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <summary>The log of a machine, as one process sees it: each call may fail, its answer may get lost, or it may be the process's
    /// last.</summary>
    public static LogConnection Of(IFileSystem files)
    {
        var process = files as ProcessFiles;
        return new LogConnection(All.GetValue((SimulatedFileSystem)(process?.Machine ?? files), _ => new ModelLog()), process);
    }

    /// <summary>Makes a slot, unless it is there.</summary>
    public bool Add(string name, IReadOnlyList<Flight> changes, int seed) => _slots.TryAdd(name, new Slot(changes, new Random(seed)));

    /// <summary>The transactions from a place on, a few at a time, and how far the log has been sent with them.</summary>
    public SentLog Send(string name, long from, int count)
    {
        var slot = _slots[name];
        var transactions = slot.Transactions.Where(it => it.Place >= Math.Max(from, slot.Confirmed)).Take(count).ToList();
        var isAll = transactions.Count == 0 || transactions[^1] == slot.Transactions[^1];
        return new SentLog(transactions, isAll ? slot.End : transactions[^1].End, isAll);
    }

    /// <summary>The slot may forget what stands in front of a place. It never takes that back.</summary>
    public bool Confirm(string name, long place)
    {
        var slot = _slots[name];
        slot.Confirmed = Math.Max(slot.Confirmed, place);
        return true;
    }

    /// <summary>Up to where a slot has forgotten its log, and where the log ends.</summary>
    public (long Confirmed, long End) PlacesOf(string name) => (_slots[name].Confirmed, _slots[name].End);

    private sealed class Slot
    {
        public Slot(IReadOnlyList<Flight> changes, Random random)
        {
            var place = 1L;
            for (var i = 0; i < changes.Count;)
            {
                place += random.Next(3) == 0 ? random.Next(1, 40) : 0;
                var count = random.Next(1, 4);
                Transactions.Add(new LoggedTransaction(place, [.. changes.Skip(i).Take(count)]));
                i += count;
                place = Transactions[^1].End;
            }

            End = place + random.Next(20);
        }

        public List<LoggedTransaction> Transactions { get; } = [];

        public long End { get; }

        public long Confirmed { get; set; }
    }
}

/// <summary>A transaction in a log.</summary>
/// <param name="Place">Where it was committed: a log that is read from here has it first.</param>
/// <param name="Changes">What it changed.</param>
internal sealed record LoggedTransaction(long Place, IReadOnlyList<Flight> Changes)
{
    /// <summary>Gets the place behind it.</summary>
    public long End => Place + 1;
}

/// <summary>What a log has sent.</summary>
/// <param name="Transactions">The transactions.</param>
/// <param name="Received">Up to where there is nothing else.</param>
/// <param name="IsAll">Whether that is the end of the log.</param>
internal sealed record SentLog(IReadOnlyList<LoggedTransaction> Transactions, long Received, bool IsAll);

/// <summary>A log as one process sees it.</summary>
/// <param name="log">The log.</param>
/// <param name="process">What stands before each call; null for nothing.</param>
internal sealed class LogConnection(ModelLog log, ProcessFiles? process)
{
    /// <summary>Makes a slot, unless it is there: the user has, before the job.</summary>
    public void Add(string slot, IReadOnlyList<Flight> changes, int seed) => log.Add(slot, changes, seed);

    public T Call<T>(string what, Func<ModelLog, T> call) => process is null ? call(log) : process.Call(what, "/log", () => call(log));
}
