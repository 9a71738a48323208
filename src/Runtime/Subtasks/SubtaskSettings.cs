using Weir.Runtime.Scheduling;
using Weir.Runtime.State;

namespace Weir.Runtime.Subtasks;

/// <summary>What all subtasks of one attempt of a job are built with.</summary>
internal sealed record SubtaskSettings
{
    /// <summary>Gets the job's name.</summary>
    public required string Job { get; init; }

    /// <summary>Gets which start of the job this is, from 1.</summary>
    public required long Attempt { get; init; }

    /// <summary>Gets which life of the job this is.</summary>
    public required RunId RunId { get; init; }

    /// <summary>Gets how many completed checkpoints the job may have to go back.</summary>
    public int RetainedCheckpoints { get; init; } = 3;

    /// <summary>Gets what is told of things that do not stop the job. Any thread may call it.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Gets the clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Gets where subtasks stream their state to.</summary>
    public required ICheckpointStore Store { get; init; }

    /// <summary>Gets where commits, flushes and the writing of state run.</summary>
    public required IWorkPool Work { get; init; }

    /// <summary>Gets how long one call of a sink or of the store may take.</summary>
    public CallLimit Limit { get; init; } = CallLimit.None;

    /// <summary>Gets where subtasks report to.</summary>
    public required Mailbox<SubtaskReport> Reports { get; init; }

    /// <summary>Gets the most records of a batch.</summary>
    public int BatchCapacity { get; init; } = Batch<int>.DefaultCapacity;

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
}
