using Weir.Graph;

namespace Weir.Runtime.Running;

/// <summary>
/// A job of whose state nothing outlives the process, and that reads without end, or writes where its checkpoints are named: mostly an
/// option that was forgotten.
/// </summary>
internal static class MemoryOnly
{
    /// <summary>What is doubtful; null if nothing is. Whoever names a store, be it in memory, has said what he wants.</summary>
    public static string? Doubt(Job job, JobOptions options)
    {
        if (options.CheckpointDirectory is not null || options.CheckpointStore is not null)
        {
            return null;
        }

        if (options.Arbiter is null
            && job.Graph.Stages.Select(stage => (stage as IBoundaryStage)?.Decider).FirstOrDefault(sink => sink is not null) is { } decider)
        {
            return $"Job '{job.Name}' writes to {decider.Domain}, which knows which checkpoint it has written, and keeps its checkpoints "
                + "in memory: once this process has ended, no other can go on from there, and each start is refused. Set "
                + $"{nameof(JobOptions)}.{nameof(JobOptions.CheckpointDirectory)}.";
        }

        var endless = job.Graph.Stages.Select(stage => (stage as IBoundaryStage)?.Endless).FirstOrDefault(text => text is not null);
        if (endless is null)
        {
            return null;
        }

        var interval = options.CheckpointInterval is null
            ? $" No {nameof(JobOptions.CheckpointInterval)} is set either: what sinks commit with checkpoints appears at a stop."
            : "";
        return $"Job '{job.Name}' reads {endless} without end, and keeps its checkpoints in memory: a process that is killed loses all "
            + $"state, and the next one begins anew.{interval} Set {nameof(JobOptions)}.{nameof(JobOptions.CheckpointDirectory)}, and "
            + $"{nameof(JobOptions.CheckpointInterval)}. If memory is what you want, say so: {nameof(JobOptions.CheckpointStore)} = new "
            + $"{nameof(MemoryCheckpointStore)}().";
    }
}
