using Weir.Runtime.Checkpoints.Manifests;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>Whether a job can take up a checkpoint: nothing lost unsaid, nothing read that was written in another form.</summary>
internal static class RestoreChecks
{
    /// <summary>Throws what tells the user why it cannot.</summary>
    /// <param name="manifest">The checkpoint.</param>
    /// <param name="schemas">The wire forms of the job's stateful operators, by id.</param>
    /// <param name="options">The job's options.</param>
    /// <exception cref="JobException">It cannot.</exception>
    public static void Check(Manifest manifest, IReadOnlyDictionary<string, IReadOnlyList<SchemaMember>> schemas, JobOptions options)
    {
        var lost = manifest.Operators.Where(stateful => HasState(stateful) && !schemas.ContainsKey(stateful.Id)).ToList();
        if (lost.Count > 0 && !options.AllowNonRestoredState)
        {
            throw new JobException(
                $"{manifest.Name} of job '{manifest.Job}' holds state of {Ids(lost.Select(stateful => stateful.Id))}, which the job does "
                    + "not have. "
                + $"The job has {Ids(schemas.Keys.Where(id => manifest.Operators.All(stateful => stateful.Id != id)))}, which the "
                + "checkpoint does not. "
                + "If an operator has only moved, give it its former id by .Id(\"…\"); "
                + $"to give its state up, set {nameof(JobOptions)}.{nameof(JobOptions.AllowNonRestoredState)}.");
        }

        foreach (var stateful in manifest.Operators)
        {
            if (schemas.TryGetValue(stateful.Id, out var now)
                && SchemaDifference.Of(stateful.Schemas, now, manifest.IsInterpreted) is { } difference)
            {
                throw new JobException(
                    $"The state of operator '{stateful.Id}' in {manifest.Name} of job '{manifest.Job}' has another form than the job's: "
                        + $"{difference.Text}. {difference.Advice}");
            }
        }
    }

    /// <summary>Throws if the options ask for what the checkpoint rules out.</summary>
    public static void CheckKeyGroups(Manifest manifest, JobOptions options)
    {
        if (options.KeyGroupCount is { } wanted && wanted != manifest.KeyGroupCount)
        {
            throw new JobException(
                $"{manifest.Name} of job '{manifest.Job}' has {manifest.KeyGroupCount} key groups, "
                    + $"{nameof(JobOptions)}.{nameof(JobOptions.KeyGroupCount)} says {wanted}. "
                + $"The number is fixed for the life of the state: set {manifest.KeyGroupCount} or leave it out.");
        }

        if (options.Parallelism > manifest.KeyGroupCount)
        {
            throw new JobException(
                $"{manifest.Name} of job '{manifest.Job}' has {manifest.KeyGroupCount} key groups: a parallelism of "
                    + $"{options.Parallelism} would leave subtasks without "
                + $"any. Set {nameof(JobOptions)}.{nameof(JobOptions.Parallelism)} to {manifest.KeyGroupCount} or less.");
        }
    }

    private static bool HasState(ManifestOperator stateful) =>
        stateful.Subtasks.Any(subtask => !subtask.Items.IsEmpty || !subtask.Shared.IsEmpty || !subtask.KeyGroups.IsEmpty);

    private static string Ids(IEnumerable<string> ids)
    {
        var all = ids.Order(StringComparer.Ordinal).Select(id => $"'{id}'").ToList();
        return all.Count == 0 ? "no other operator" : (all.Count == 1 ? "operator " : "operators ") + string.Join(", ", all);
    }
}
