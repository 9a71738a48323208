using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Running;

/// <summary>What attempts of a job are made from.</summary>
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
    /// <summary>Gets what is told, while an attempt is prepared, what is being called that may never answer.</summary>
    public Action<string> OnCall { get; init; } = _ => { };
}
