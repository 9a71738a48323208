using Microsoft.CodeAnalysis;
using Weir.Generators.State;

namespace Weir.Analyzers.State;

/// <summary>Compares the ids of a pipeline's operators with those that state is stored under.</summary>
internal static class OperatorIds
{
    /// <summary>What stands against finding the state again.</summary>
    /// <param name="pipeline">The name of the pipeline's method.</param>
    /// <param name="name">Its full name.</param>
    /// <param name="then">The operators of the baseline.</param>
    /// <param name="found">Those of the code.</param>
    public static IEnumerable<Diagnostic> Compare(Location pipeline, string name, OperatorStateModel[] then, FoundOperators found)
    {
        var now = found.All;
        foreach (var doubled in now.GroupBy(static one => one.Model.Id, StringComparer.Ordinal).Where(static same => same.Count() > 1))
        {
            yield return Report(doubled.Last().At, $"two operators have the id '{doubled.Key}': give each its own", null);
        }

        var moved = new HashSet<SyntaxNode>();
        foreach (var gone in then.Where(one => MustBeHere(one, found) && now.All(other => other.Model.Id != one.Id)))
        {
            var heir = now.FirstOrDefault(other => other.Model.Verb == gone.Verb && then.All(one => one.Id != other.Model.Id)
                && !moved.Contains(other.At));
            if (heir is not null)
            {
                moved.Add(heir.At);
                yield return Report(heir.At, $"the operator '{gone.Id}' is gone and '{heir.Model.Id}' is new: name it "
                    + $".Id(\"{gone.Id}\") if it is the same one, else accept the new state", gone.Id);
            }
            else
            {
                yield return Report(null, $"the operator '{gone.Id}' ({gone.Verb}) is gone, and its state with it: put it back, or accept "
                    + "the new state and set JobOptions.AllowNonRestoredState", null);
            }
        }

        // One verb more without an id of its own: which of them is the old one?
        foreach (var verb in now.Where(static one => !one.HasOwnId).GroupBy(static one => one.Model.Verb, StringComparer.Ordinal))
        {
            var known = verb.Where(here => then.Any(one => one.Id == here.Model.Id)).ToArray();
            foreach (var added in known.Length == 0 ? [] : verb.Except(known).Where(here => !moved.Contains(here.At)))
            {
                yield return Report(
                    added.At,
                    $"there is one {verb.Key} more without an id of its own, and the order of the verbs does not tell whose state is "
                        + $"whose: name the former ones, for example .Id(\"{known[0].Model.Id}\"), and the new one",
                    null);
            }
        }

        Diagnostic Report(SyntaxNode? at, string text, string? formerId) => Diagnostic.Create(
            Rules.OperatorLost,
            at?.GetLocation() ?? pipeline,
            StateFixes.Properties((StateFixes.Pipeline, name), (StateFixes.FormerId, formerId)),
            text);
    }

    // An operator of another method is not seen here; one of the order of the verbs has an id only where the order is known.
    private static bool MustBeHere(OperatorStateModel stored, FoundOperators found) => found.IsInOrder
        || (found.IsWhole && !stored.Id.StartsWith(stored.Verb + "-", StringComparison.Ordinal));
}
