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
            if (schemas.TryGetValue(stateful.Id, out var now) && DifferenceOf(stateful.Schemas, now, "") is { } difference)
            {
                throw new JobException(
                    $"The state of operator '{stateful.Id}' in {manifest.Name} of job '{manifest.Job}' has another form than the job's: "
                        + $"{difference}. "
                    + WhatToDo(difference, manifest.IsInterpreted));
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

    /// <summary>The first member that differs, by its path, or null.</summary>
    private static string? DifferenceOf(IReadOnlyList<SchemaMember> then, IReadOnlyList<SchemaMember> now, string path)
    {
        for (var i = 0; i < Math.Max(then.Count, now.Count); i++)
        {
            if (i >= then.Count)
            {
                return $"'{path}{now[i].Name}' was not there and is {now[i].Schema} now";
            }

            var name = $"{path}{then[i].Name}";
            if (i >= now.Count)
            {
                return $"'{name}' was {then[i].Schema} and is not there now";
            }

            if (then[i].Name != now[i].Name)
            {
                return $"'{name}' ({then[i].Schema}) stood where '{path}{now[i].Name}' ({now[i].Schema}) stands now";
            }

            if (then[i].Schema.Name != now[i].Schema.Name)
            {
                return $"'{name}' was {then[i].Schema} and is {now[i].Schema} now";
            }

            if (DifferenceOf(then[i].Schema.Members, now[i].Schema.Members, name + ".") is { } deeper)
            {
                return deeper;
            }
        }

        return null;
    }

    private static string WhatToDo(string difference, bool wasInterpreted)
    {
        var advice = "Change the type back, or give the operator a new id to start it empty.";
        return difference.StartsWith("'accumulator", StringComparison.Ordinal)
            ? $"The checkpoint was taken by a job that ran {(wasInterpreted ? "interpreted" : "with generated code where there was any")}: if the aggregate was "
                + "compiled then and is interpreted now, or the other way round, run it as it was then "
                + $"({nameof(JobOptions)}.{nameof(JobOptions.Interpreted)}, [Pipeline]). "
                + $"Otherwise: {char.ToLowerInvariant(advice[0])}{advice[1..]}"
            : advice;
    }
}
