using System.Diagnostics;

namespace Weir.Runtime.Running;

/// <summary>Checkpoints as activities of the source <c>Weir</c>: one for each, with one for each subtask in it.</summary>
/// <remarks>They are made when a checkpoint is over, with the times that it took. While nobody listens nothing is made.</remarks>
/// <param name="job">The job's name.</param>
/// <param name="time">Its clock.</param>
internal sealed class CheckpointActivities(string job, TimeProvider time)
{
    private static readonly ActivitySource Activities = new("Weir");

    /// <summary>A checkpoint or a savepoint is over.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="duration">Since its trigger.</param>
    /// <param name="bytes">Its state and manifest.</param>
    /// <param name="details">More of it, if it is known.</param>
    public void Trace(CheckpointName name, TimeSpan duration, long bytes, JobCheckpoint? details)
    {
        if (!Activities.HasListeners())
        {
            return;
        }

        var end = time.GetUtcNow();
        var begun = end - duration;
        using var activity = Activities.StartActivity(
            "weir.checkpoint",
            ActivityKind.Internal,
            parentContext: default,
            tags: [new("weir.job", job), new("weir.checkpoint", name.ToString()), new("weir.checkpoint.bytes", bytes),
                new("weir.checkpoint.kind", CheckpointKinds.NameOf(details))],
            startTime: begun);
        if (activity is null)
        {
            return;
        }

        if (details?.Failure is { } failure)
        {
            activity.SetStatus(ActivityStatusCode.Error, failure);
        }

        foreach (var subtask in details?.Subtasks ?? [])
        {
            Trace(subtask, begun);
        }

        activity.SetEndTime(end.UtcDateTime);
    }

    // In the one of the checkpoint: that is the current one of this thread.
    private static void Trace(SubtaskCheckpoint subtask, DateTimeOffset begun)
    {
        var phases = subtask.Phases;
        using var activity = Activities.StartActivity(
            ActivityKind.Internal,
            tags: [new("weir.subtask", subtask.Subtask), new("weir.checkpoint.bytes", subtask.StateBytes),
                new("weir.checkpoint.start_delay", phases.StartDelay.TotalSeconds),
                new("weir.checkpoint.alignment", phases.Alignment.TotalSeconds),
                new("weir.checkpoint.sync", phases.Sync.TotalSeconds),
                new("weir.checkpoint.async", phases.Async.TotalSeconds)],
            startTime: begun + phases.StartDelay,
            name: "weir.checkpoint.subtask");
        activity?.SetEndTime((begun + phases.StartDelay + phases.Alignment + phases.Sync + phases.Async).UtcDateTime);
    }
}
