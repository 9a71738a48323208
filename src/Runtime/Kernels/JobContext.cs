using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Time;

namespace Weir.Runtime.Kernels;

/// <summary>One attempt of a job, as all of its parts know it.</summary>
/// <remarks>
/// The one place for a fact that more than one part of an attempt needs. Who knows more has this and adds his own: a
/// <see cref="SubtaskContext"/> which subtask it is, a <see cref="SpanContext"/> which stages; the coordinator what it decides by.
/// </remarks>
internal sealed record JobContext
{
    /// <summary>Gets the job's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets which start of the job this is, from 1.</summary>
    public required long Attempt { get; init; }

    /// <summary>Gets which life of the job this is.</summary>
    public required RunId RunId { get; init; }

    /// <summary>Gets the number of key groups.</summary>
    public required int KeyGroupCount { get; init; }

    /// <summary>Gets the clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Gets where checkpoints are kept: subtasks stream their state to it.</summary>
    public required ICheckpointStore Store { get; init; }

    /// <summary>Gets where what may block runs: commits, flushes, the writing of state, the search for splits.</summary>
    public required IWorkPool Work { get; init; }

    /// <summary>Gets how long one call of a sink, the store or the arbiter may take.</summary>
    public CallLimit Limit { get; init; } = CallLimit.None;

    /// <summary>Gets what is told of things that do not stop the job. Any thread may call it.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Gets the job's meter; null where nobody measures.</summary>
    public System.Diagnostics.Metrics.Meter? Meter { get; init; }

    /// <summary>Gets how many completed checkpoints the job may have to go back.</summary>
    public int RetainedCheckpoints { get; init; } = 3;

    /// <summary>Gets the most records of a batch.</summary>
    public int BatchCapacity { get; init; } = Batch<int>.DefaultCapacity;

    /// <summary>Gets about the most bytes of a batch that operators gather record by record.</summary>
    /// <remarks>A channel that is full of batches of this size is full in bytes too.</remarks>
    public long BatchCapacityBytes => Math.Max(1, ChannelCapacityBytes / ChannelCapacity);

    /// <summary>Gets the most elements in a channel between two subtasks.</summary>
    public int ChannelCapacity { get; init; } = 8;

    /// <summary>Gets the most bytes of records in a channel between two subtasks, as senders estimate them.</summary>
    public long ChannelCapacityBytes { get; init; } = 32L << 20;

    /// <summary>Gets the most records a second that each source reads, over all its subtasks; 0 for no limit.</summary>
    public double RecordsPerSecond { get; init; }

    /// <summary>
    /// Gets what spreads keys over the tables of this attempt: made of random bits, so that nobody can choose keys that meet in one slot.
    /// </summary>
    public KeySeed Seed { get; init; } = KeySeed.Fixed;

    /// <summary>Gets a value indicating whether a channel that has delivered a barrier waits for the others: exactly once.</summary>
    public bool BarriersBlock { get; init; } = true;

    /// <summary>Gets the names of the edges on which the checkpoint that the attempt begins with held something in flight.</summary>
    public IReadOnlySet<string> InFlight { get; init; } = new HashSet<string>();

    /// <summary>
    /// Gets a value indicating whether what the attempt begins with is a savepoint that the options named, and no checkpoint of its store.
    /// </summary>
    public bool BeginsWithSavepoint { get; init; }

    /// <summary>Gets who decides which checkpoint counts; null where a test says nothing of it.</summary>
    public ICheckpointArbiter? Arbiter { get; init; }

    /// <summary>Gets where keyed state lives.</summary>
    public StateBackend Backend { get; init; } = StateBackend.File;

    /// <summary>
    /// Gets about the most slots of state that a subtask puts aside in one step for a checkpoint, if the clock does not end it before.
    /// </summary>
    public int SweepPortion { get; init; } = 65_536;

    /// <summary>Gets how many bytes of an operator's state lie in the manifest at most.</summary>
    public int InlineBytes { get; init; } = OperatorStateWriter.DefaultInlineBytes;

    /// <summary>Gets what moved watermarks, for who calls records late.</summary>
    public WatermarkTrails Trails { get; init; } = new();

    /// <summary>Gets the groups of inputs that wait for one another.</summary>
    public Alignments Alignments { get; init; } = new();

    /// <summary>Gets when sinks waited for whoever takes their records.</summary>
    public AwaitedTakers Takers { get; } = new();

    /// <summary>Gets what keeps the rate of warnings of late records, over all subtasks.</summary>
    public LateWarnings LateWarnings { get; init; } = new();
}
