namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>Finds where an attempt begins: the newest decided checkpoint that verifies. Never a partial one, and never nothing where there was something.</summary>
/// <param name="job">The job's name.</param>
/// <param name="store">The store.</param>
/// <param name="arbiter">Who decides.</param>
/// <param name="onEvent">What is told of checkpoints that cannot be used.</param>
internal sealed class Recovery(string job, ICheckpointStore store, ICheckpointArbiter arbiter, Action<JobEvent> onEvent)
{
    /// <summary>Shuts earlier attempts out, and reads.</summary>
    public async ValueTask<RestorePoint> FindAsync(CancellationToken cancellation)
    {
        var point = await arbiter.FenceAndReadAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await ReadAsync(point, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await store.ReleaseAsync(job, point.Attempt).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<RestorePoint> ReadAsync(RecoveryPoint point, CancellationToken cancellation)
    {
        var reader = new CheckpointReader(job, store);
        var unusable = new List<(CheckpointName Checkpoint, string Reason)>();
        foreach (var candidate in point.Candidates)
        {
            try
            {
                var checkpoint = await reader.ReadAsync(candidate, cancellation).ConfigureAwait(false);
                if (unusable.Count > 0)
                {
                    onEvent(new JobEvent.Warning(FellBack(candidate, point.Candidates[0], unusable), null));
                }

                return new RestorePoint(point.Attempt, point.Last, point.Candidates, [.. unusable.Select(pair => pair.Checkpoint)], checkpoint);
            }
            catch (UnusableCheckpointException damage)
            {
                // Whoever was paused for long may find that its successor has deleted what it reads.
                await store.CheckFenceAsync(job, point.Attempt, cancellation).ConfigureAwait(false);
                if (!(await store.ListAsync(job, cancellation).ConfigureAwait(false)).Contains(candidate))
                {
                    // Its predecessor, when it was being shut out, deleted it for newer ones.
                    continue;
                }

                onEvent(new JobEvent.CheckpointUnusable(candidate, damage.Message));
                unusable.Add((candidate, damage.Message));
            }
        }

        return point.Candidates.Count == 0
            ? new RestorePoint(point.Attempt, point.Last, point.Candidates, [], null)
            : throw new JobException(
                $"Job '{job}' cannot continue: every checkpoint in {store.Description} is damaged ({(unusable.Count == 0 ? "all were deleted meanwhile" : Reasons(unusable))}). "
                + "Restore the directory from a copy, or move it away to start from nothing; then also move away the output, which would be written again.");
    }

    private string FellBack(CheckpointName used, CheckpointName newest, List<(CheckpointName Checkpoint, string Reason)> unusable) =>
        $"Job '{job}' continues from {used} instead of {newest}, which is damaged "
        + $"({(unusable.Count == 1 ? unusable[0].Reason : Reasons(unusable))}). "
        + $"Nothing is lost, but what sinks committed after {used} is written again. Files that are still there are withdrawn first; look for duplicates in other outputs.";

    private static string Reasons(List<(CheckpointName Checkpoint, string Reason)> unusable) =>
        string.Join("; ", unusable.Select(pair => $"{pair.Checkpoint}: {pair.Reason}"));
}
