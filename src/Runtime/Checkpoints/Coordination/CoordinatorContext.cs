using Weir.Runtime.Scheduling;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>What the coordinator of one attempt is built from.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="RunId">The life of the job that it belongs to.</param>
/// <param name="Last">The greatest number that was used before it.</param>
/// <param name="Shelf">The checkpoints that exist.</param>
/// <param name="KeyGroupCount">The number of key groups.</param>
/// <param name="Options">The job's options.</param>
/// <param name="Store">Where checkpoints are kept.</param>
/// <param name="Arbiter">Who decides.</param>
/// <param name="Pool">Where what may block runs.</param>
/// <param name="Subtasks">All subtasks of the attempt.</param>
/// <param name="Reports">What they tell.</param>
/// <param name="OnEvent">What is told of checkpoints.</param>
internal sealed record CoordinatorContext(
    string Job,
    long Attempt,
    RunId RunId,
    CheckpointId Last,
    CheckpointShelf Shelf,
    int KeyGroupCount,
    JobOptions Options,
    ICheckpointStore Store,
    ICheckpointArbiter Arbiter,
    IWorkPool Pool,
    IReadOnlyList<ISubtask> Subtasks,
    Mailbox<SubtaskReport> Reports,
    Action<JobEvent> OnEvent);
