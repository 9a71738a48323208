using Weir.Graph;

namespace Weir.Runtime.Running;

/// <summary>A job that reads without end, and of whose state nothing outlives the process: mostly an option that was forgotten.</summary>
internal static class MemoryOnly
{
    /// <summary>What is doubtful; null if nothing is. Whoever names a store, be it in memory, has said what he wants.</summary>
    public static string? Doubt(Job job, JobOptions options)
    {
        var endless = job.Graph.Stages.Select(stage => (stage as IBoundaryStage)?.Endless).FirstOrDefault(text => text is not null);
        if (endless is null || options.CheckpointDirectory is not null || options.CheckpointStore is not null)
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
