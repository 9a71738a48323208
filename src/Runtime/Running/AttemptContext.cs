using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Running;

/// <summary>What attempts of a job are made from.</summary>
/// <remarks>
/// Not a <see cref="JobContext"/>: it is there before the store has said which attempt this is, which life it continues, and how many key
/// groups there are. It begins one when that is known.
/// </remarks>
/// <param name="Job">The job's name.</param>
/// <param name="NewRun">The id of the job's life, if the store knows of no attempt before this one: random, and passed in.</param>
/// <param name="Plan">What subtasks are built from.</param>
/// <param name="Options">The job's options.</param>
/// <param name="Store">Where checkpoints are kept.</param>
/// <param name="Arbiter">Who decides which one is the recovery point.</param>
/// <param name="Pool">Where what may block runs. One an attempt: none of its work may run on into the next.</param>
/// <param name="OnEvent">What is told of the attempt.</param>
internal sealed record AttemptContext(
    string Job,
    RunId NewRun,
    ISubtaskPlan Plan,
    JobOptions Options,
    ICheckpointStore Store,
    ICheckpointArbiter Arbiter,
    IWorkPool Pool,
    Action<JobEvent> OnEvent)
{
    /// <summary>Gets what users ask of checkpoints, and are told of them, over all attempts.</summary>
    public JobControl Control { get; init; } = new(Job, Options.TimeProvider);

    /// <summary>Gets what is told, while an attempt is prepared, what is being called that may never answer.</summary>
    public Action<string> OnCall { get; init; } = _ => { };

    /// <summary>Gets what is told of a checkpoint that all sinks have committed.</summary>
    public Action<JobCheckpoint> OnCommitted { get; init; } = static _ => { };

    /// <summary>Gets what counts the bytes of the checkpoint that is restored; null for nobody who wants to know.</summary>
    public RestoreMeter? Restore { get; init; }

    /// <summary>Gets the job's meter; null where nobody measures.</summary>
    public System.Diagnostics.Metrics.Meter? Meter { get; init; }

    /// <summary>Gets a value indicating whether there was an attempt before it in this run.</summary>
    public bool IsRestart { get; init; }

    /// <summary>Tells the user of something that does not stop the job.</summary>
    public void Warn(string message) => OnEvent(new JobEvent.Warning(message, null));

    /// <summary>What all parts of an attempt know, as soon as it is known which one it is.</summary>
    /// <param name="number">Which start of the job it is.</param>
    /// <param name="run">The life that it belongs to.</param>
    /// <param name="keyGroupCount">The number of key groups.</param>
    public JobContext Begin(long number, RunId run, int keyGroupCount) => new()
    {
        Name = Job,
        Attempt = number,
        RunId = run,
        KeyGroupCount = keyGroupCount,
        Time = Options.TimeProvider,
        Store = Store,
        Work = Pool,
        Arbiter = Arbiter,
        Backend = Options.StateBackend,
        SweepPortion = Options.SweepPortion,
        InlineBytes = Options.InlineBytes,
        Limit = Options.CallLimit,
        Warn = Warn,
        Meter = Meter,
        RetainedCheckpoints = (int)Math.Min((long)Options.RetainedCheckpoints + Options.MaxConcurrentCheckpoints - 1, int.MaxValue),
        BatchCapacity = Options.BatchCapacity,
        ChannelCapacity = Options.ChannelCapacity,
        ChannelCapacityBytes = Options.ChannelCapacityBytes,
        RecordsPerSecond = Options.MaxRecordsPerSecond ?? 0,
        BarriersBlock = Options.CheckpointMode != CheckpointMode.AtLeastOnce,
    };
}
