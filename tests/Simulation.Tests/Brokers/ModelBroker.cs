using System.Runtime.CompilerServices;
using System.Text;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Transactions;
using Weir.Runtime.Files.Disk;
using Weir.Testing;
using Weir.Testing.Disk;

namespace Weir.Simulation.Tests.Brokers;

/// <summary>
/// A broker of Kafka as far as one transactional id goes: who initialises it shuts earlier holders out and ends what they left open; a
/// transaction may time out, which looks the same to its holder; a commit is carried out, and its answer may be lost. Now and then a
/// transaction of somebody else is open on the topic of progress: what is committed behind it is hidden until it ends.
/// </summary>
/// <param name="machine">Shows the committed rows as files, so that what looks at outputs can look at these.</param>
/// <param name="seed">Decides what goes wrong.</param>
internal sealed class ModelBroker(SimulatedFileSystem machine, int seed)
{
    public const string Directory = "/out/broker";

    // One in so many calls meets a transaction that has timed out, a commit that is to be asked for again, an answer that is lost.
    private const int Rare = 40;

    private static readonly ConditionalWeakTable<SimulatedFileSystem, ModelBroker> All = [];

    private readonly Random _random = new(seed);
    private readonly List<string> _rows = [];
    private readonly List<ProgressRecord> _written = [];
    private readonly List<ProgressRecord> _committed = [];
    private long _epoch;
    private long _answeredEpoch;
    private bool _isOpen;
    private int? _stable;
    private int _transactions;
    private int _owners;

    /// <summary>Gets the newest progress that is committed.</summary>
    public ProgressRecord? Progress => _committed.LastOrDefault();

    /// <summary>Gets the newest progress in front of the last stable offset: what a reader sees that waits for nobody.</summary>
    public ProgressRecord? StableProgress => _committed.Take(_stable ?? _committed.Count).LastOrDefault();

    private static KafkaError Fenced => new(ErrorCodes.Fenced, "fenced by newer producer", IsFatal: true);

    private static KafkaError Again => new(ErrorCodes.TimedOut, "retry call to resume", IsRetriable: true);

    /// <summary>The broker of a machine, and what stands before each call of a process.</summary>
    public static (ModelBroker Broker, ProcessFiles? Process) Of(IFileSystem files, int seed)
    {
        var process = files as ProcessFiles;
        var machine = (SimulatedFileSystem)(process?.Machine ?? files);
        return (All.GetValue(machine, made => new ModelBroker(made, seed)), process);
    }

    /// <summary>A name for a process that has none yet.</summary>
    public string NextOwner() => $"{++_owners}";

    /// <summary>Reads the progress up to all that stands there: it lasts until the transaction of somebody else has ended.</summary>
    /// <returns>The newest progress, and whether it lasts longer than the reader waits.</returns>
    public (ProgressRecord? Progress, bool IsLate) ReadProgress()
    {
        if (_stable is not null && _random.Next(4) == 0)
        {
            return (null, true);
        }

        _stable = null;
        return (Progress, false);
    }

    /// <summary>Shuts earlier holders out, and ends what they left open.</summary>
    /// <returns>The epoch of the new holder.</returns>
    public long Init()
    {
        Abort();
        return ++_epoch;
    }

    /// <summary>Takes what a holder sends in a transaction, which begins with it.</summary>
    public KafkaError? Send(long epoch, IEnumerable<string> rows, IEnumerable<ProgressRecord> progress)
    {
        LetOthersWrite();
        TimeOutNowAndThen();
        if (epoch != _epoch)
        {
            return Fenced;
        }

        _rows.AddRange(rows);
        _written.AddRange(progress);
        _isOpen = true;
        return null;
    }

    /// <summary>Commits what is open. Asked for again, it says what has become of it.</summary>
    public KafkaError? Commit(long epoch)
    {
        if (_answeredEpoch == epoch && !_isOpen)
        {
            return null;
        }

        TimeOutNowAndThen();
        if (epoch != _epoch)
        {
            return Fenced;
        }

        if (_random.Next(Rare) == 0)
        {
            return Again;
        }

        machine.Put($"{Directory}/{++_transactions}.jsonl", Encoding.UTF8.GetBytes(string.Concat(_rows)));
        _committed.AddRange(_written);
        Abort();
        _answeredEpoch = epoch;
        return _random.Next(Rare) == 0 ? Again : null;
    }

    /// <summary>Ends a transaction of a holder.</summary>
    public void Abort(long epoch)
    {
        if (epoch == _epoch)
        {
            Abort();
        }
    }

    private void Abort()
    {
        _rows.Clear();
        _written.Clear();
        _isOpen = false;
    }

    // Nobody reads what they write: only that they stand in the way matters.
    private void LetOthersWrite()
    {
        if (_random.Next(Rare / 2) == 0)
        {
            _stable = _stable is null ? _committed.Count : null;
        }
    }

    private void TimeOutNowAndThen()
    {
        if (_isOpen && _random.Next(Rare) == 0)
        {
            Abort();
            _epoch++;
        }
    }
}
