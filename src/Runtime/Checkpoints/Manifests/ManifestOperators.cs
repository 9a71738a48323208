using System.Collections.Immutable;
using Weir.Runtime.Channels;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Manifests;

/// <summary>Sorts what subtasks acknowledged with by operators, as a manifest lists them.</summary>
internal static class ManifestOperators
{
    /// <summary>The operators of all subtasks, in ordinal order of ids.</summary>
    /// <param name="snapshots">What each subtask acknowledged with.</param>
    /// <param name="schemas">The wire forms of each operator, by its id.</param>
    public static ImmutableArray<ManifestOperator> Of(
        IReadOnlyDictionary<SubtaskId, ImmutableArray<OperatorSnapshot>> snapshots,
        IReadOnlyDictionary<string, IReadOnlyList<SchemaMember>> schemas)
    {
        var operators = new SortedDictionary<string, ImmutableArray<OperatorSnapshot>.Builder>(StringComparer.Ordinal);
        foreach (var (subtask, states) in snapshots.OrderBy(pair => pair.Key))
        {
            foreach (var state in states)
            {
                if (!operators.TryGetValue(state.Id, out var subtasks))
                {
                    operators[state.Id] = subtasks = ImmutableArray.CreateBuilder<OperatorSnapshot>();
                }

                while (InFlightIds.Is(state.Id) && subtasks.Count < subtask.Index)
                {
                    // Barriers overtook in some subtasks only.
                    subtasks.Add(new OperatorSnapshot(state.Id, [], [], [], []));
                }

                Invariant.Holds(subtasks.Count == subtask.Index, $"operator {state.Id} of subtask {subtask} acknowledged out of order");
                subtasks.Add(state);
            }
        }

        return [.. operators.Select(pair => new ManifestOperator(pair.Key, [.. schemas[pair.Key]], pair.Value.ToImmutable())
        {
            Parts = pair.Value[0].Parts,
        })];
    }
}
