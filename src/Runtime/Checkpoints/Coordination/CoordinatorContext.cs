using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>What the coordinator of one attempt is built from.</summary>
/// <param name="Job">The attempt.</param>
/// <param name="Last">The greatest number that was used before it.</param>
/// <param name="Shelf">The checkpoints that exist.</param>
/// <param name="Options">The job's options: when checkpoints are taken, and what is tolerated.</param>
/// <param name="Arbiter">Who decides.</param>
/// <param name="Subtasks">All subtasks of the attempt.</param>
/// <param name="Reports">What they tell.</param>
/// <param name="OnEvent">What is told of checkpoints.</param>
internal sealed record CoordinatorContext(
    JobContext Job,
    CheckpointId Last,
    CheckpointShelf Shelf,
    JobOptions Options,
    ICheckpointArbiter Arbiter,
    IReadOnlyList<ISubtask> Subtasks,
    Mailbox<SubtaskReport> Reports,
    Action<JobEvent> OnEvent)
{
    /// <summary>Gets the savepoints that the attempt goes back to (<see cref="Manifest.Origins"/>).</summary>
    public ImmutableArray<SavepointIdentity> Origins { get; init; } = [];

    /// <summary>Gets what users ask for.</summary>
    public CheckpointRequests Requests { get; init; } = new(Job.Name);

    /// <summary>Gets what is told of a checkpoint that all sinks have committed; its time for that is in it.</summary>
    public Action<JobCheckpoint> OnCommitted { get; init; } = static _ => { };

    /// <summary>Gets the last checkpoints, for users.</summary>
    public CheckpointHistory History { get; init; } = new(Job.Time);
}
