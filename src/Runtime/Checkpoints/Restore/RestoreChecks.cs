using System.Globalization;
using Weir.Runtime.Channels;
using Weir.Runtime.Checkpoints.Manifests;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>Whether a job can take up a checkpoint: nothing lost unsaid, nothing read that was written in another form.</summary>
internal static class RestoreChecks
{
    // The verbs whose operators remember something.
    private static readonly string[] StatefulVerbs =
    [
        "From", "WithEventTime", "Aggregate", "Reduce", "TopN", "Process", "Distinct", "DistinctBy", "Deduplicate", "Lag", "To",
    ];

    /// <summary>Throws what tells the user why it cannot.</summary>
    /// <param name="manifest">The checkpoint.</param>
    /// <param name="schemas">The wire forms of the job's stateful operators, by id.</param>
    /// <param name="options">The job's options.</param>
    /// <param name="ownIds">The ids that the user gave: they are no matter of order, whatever they look like.</param>
    /// <returns>What the user should know of states that are read in another form than they were written in.</returns>
    /// <exception cref="JobException">It cannot.</exception>
    public static IReadOnlyList<string> Check(
        Manifest manifest,
        IReadOnlyDictionary<string, IReadOnlyList<SchemaMember>> schemas,
        JobOptions options,
        IReadOnlySet<string> ownIds)
    {
        if (MixedUp(manifest, schemas, ownIds, options.AllowNonRestoredState) is { } mixedUp)
        {
            throw new JobException(mixedUp);
        }

        CheckLost(manifest, schemas, options, ownIds);
        var remarks = new List<string>();
        foreach (var stateful in manifest.Operators)
        {
            var notes = new List<string>();
            if (schemas.TryGetValue(stateful.Id, out var now)
                && SchemaDifference.Of(
                    stateful.Schemas, now, manifest.IsInterpreted, options.AllowNonRestoredState, notes) is { } difference)
            {
                throw new JobException(
                    $"The state of operator '{stateful.Id}' in {manifest.Name} of job '{manifest.Job}' has another form than the job's: "
                        + $"{difference.Text}. {difference.Advice}");
            }

            if (notes.Count > 0)
            {
                remarks.Add(
                    $"The state of operator '{stateful.Id}' was written by another version of its types, or by a tool: "
                        + $"{string.Join("; ", notes)}. "
                        + "If a member was renamed, mark it [WasNamed] before the job goes on.");
            }
        }

        return remarks;
    }

    private static void CheckLost(
        Manifest manifest,
        IReadOnlyDictionary<string, IReadOnlyList<SchemaMember>> schemas,
        JobOptions options,
        IReadOnlySet<string> ownIds)
    {
        var lost = manifest.Operators.Where(stateful => HasState(stateful) && !schemas.ContainsKey(stateful.Id)).ToList();
        if (lost.Count == 0 || options.AllowNonRestoredState)
        {
            return;
        }

        const string Option = $"{nameof(JobOptions)}.{nameof(JobOptions.AllowNonRestoredState)}";
        // What is in flight has an id that nobody gave, and nobody can give.
        var added = schemas.Keys.Where(id => !InFlightIds.Is(id) && manifest.Operators.All(stateful => stateful.Id != id)).ToList();
        var moved = added.Count == 0
            ? $"To give that state up, set {Option}"
            : $"The job has {Ids(added)}, of which {manifest.Name} knows nothing: if an operator has only got another id, give it its "
                + $"former one by .Id(\"…\"). To give the state up, set {Option}";

        // What the option alone would be refused for is said now, and not at the next try.
        throw new JobException(
            $"{manifest.Name} of job '{manifest.Job}' holds state of {Ids(lost.Select(stateful => stateful.Id))}, which the job does "
                + $"not have. {moved}"
                + (MixedUp(manifest, schemas, ownIds, isGivenUp: true) is { } first ? $", and name those that stay. {first}" : "."));
    }

    // Ids that the user did not give count the stages of a verb. With another number of them nobody knows which is which.
    private static string? MixedUp(
        Manifest manifest,
        IReadOnlyDictionary<string, IReadOnlyList<SchemaMember>> schemas,
        IReadOnlySet<string> ownIds,
        bool isGivenUp)
    {
        foreach (var verb in StatefulVerbs)
        {
            var was = manifest.Operators.Where(stateful => IsDerived(stateful.Id, verb) && !ownIds.Contains(stateful.Id)).ToList();
            var count = schemas.Keys.Count(id => IsDerived(id, verb) && !ownIds.Contains(id));
            var isMixedUp = count > was.Count || (count > 0 && count < was.Count && isGivenUp);
            if (isMixedUp && was.Any(HasState))
            {
                var held = Ids(was.Where(HasState).Select(stateful => stateful.Id));
                return $"{manifest.Name} of job '{manifest.Job}' holds state of {held}, named by the order of the verbs: there "
                    + $"{(was.Count == 1 ? "was" : "were")} {was.Count} {verb} without an id of its own, and there "
                    + $"{(count == 1 ? "is" : "are")} {count} now. Nobody can tell whose state it is. Name those that were there as they "
                    + $"were, by .Id(\"{was[0].Id}\") for instance, and give new ones ids of their own.";
            }
        }

        return null;
    }

    private static bool IsDerived(string id, string verb) =>
        id.Length > verb.Length + 1 && id.StartsWith(verb, StringComparison.Ordinal) && id[verb.Length] == '-'
            && int.TryParse(id.AsSpan(verb.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);

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

    private static bool HasState(ManifestOperator stateful) => stateful.Subtasks.Any(static subtask => subtask.HasState);

    private static string Ids(IEnumerable<string> ids)
    {
        var all = ids.Order(StringComparer.Ordinal).Select(id => $"'{id}'").ToList();
        return (all.Count == 1 ? "operator " : "operators ") + string.Join(", ", all);
    }
}
