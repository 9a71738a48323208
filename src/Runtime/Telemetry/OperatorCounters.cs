using Weir.Runtime.Streams;

namespace Weir.Runtime.Telemetry;

/// <summary>
/// Counts of one operator in one subtask. Written by the subtask's thread, a batch or a watermark at a time; read by anyone.
/// </summary>
/// <remarks>What nobody has asked for while the subtask was built is not counted there, and is null.</remarks>
/// <param name="id">The operator's id.</param>
internal sealed class OperatorCounters(string id)
{
    private const int NotCounted = -1;

    private long _watermark = long.MinValue;
    private int _idleSplits = NotCounted;

    /// <summary>Gets the operator's id.</summary>
    public string Id => id;

    /// <summary>Gets the count of records that came in; not in the middle of a generated loop.</summary>
    public RecordCounter? In { get; private set; }

    /// <summary>Gets the count of records that it handed on; not in the middle of a generated loop.</summary>
    public RecordCounter? Out { get; private set; }

    /// <summary>Gets the count of records that were dropped because their window had fired.</summary>
    public RecordCounter? Late { get; private set; }

    /// <summary>Gets the count of records that a source left out.</summary>
    public RecordCounter? Malformed { get; private set; }

    /// <summary>Gets the count of records that a function threw on, and that were left out or went to a stream of their own.</summary>
    public RecordCounter? Failed { get; private set; }

    /// <summary>Gets the newest watermark that came in, in microseconds since the Unix epoch; the least number before the first.</summary>
    public long Watermark => Volatile.Read(ref _watermark);

    /// <summary>Gets how many inputs are silent and not waited for; null if all always are.</summary>
    public int? IdleSplits => Volatile.Read(ref _idleSplits) is var idle && idle == NotCounted ? null : idle;

    /// <summary>Gets or sets what tells how much state it has; null if it has none by key. Any thread may call it.</summary>
    public Func<StateFigures>? State { get; set; }

    /// <summary>Gets its transactions; null if it is no sink with transactions.</summary>
    public TransactionCounters? Transactions { get; private set; }

    /// <summary>Gets what its event time waits for; null if it assigns none, or waits for no silent input for ever.</summary>
    public WaitingCounters? Waiting { get; private set; }

    /// <summary>Has it told what its event time waits for.</summary>
    public WaitingCounters TellWaiting() => Waiting ??= new WaitingCounters();

    /// <summary>Has records counted that come in.</summary>
    public RecordCounter CountIn() => In ??= new RecordCounter();

    /// <summary>Has records counted that are handed on.</summary>
    public RecordCounter CountOut() => Out ??= new RecordCounter();

    /// <summary>Has late records counted.</summary>
    public RecordCounter CountLate() => Late ??= new RecordCounter();

    /// <summary>Has records counted that are left out.</summary>
    public RecordCounter CountMalformed() => Malformed ??= new RecordCounter();

    /// <summary>Has records counted that a function throws on.</summary>
    public RecordCounter CountFailed() => Failed ??= new RecordCounter();

    /// <summary>Has transactions counted.</summary>
    public TransactionCounters CountTransactions() => Transactions ??= new TransactionCounters();

    /// <summary>Notes the newest watermark that came in.</summary>
    public void SetWatermark(long time) => Volatile.Write(ref _watermark, time);

    /// <summary>Notes how many inputs are not waited for.</summary>
    public void SetIdleSplits(int count) => Volatile.Write(ref _idleSplits, count);
}
