using System.Collections.Immutable;

namespace Weir.Runtime.State;

/// <summary>Deals the state of an operator's old subtasks out to its new ones: semantics H1 and H3.</summary>
/// <remarks>
/// Key groups go to whoever owns them now. Items stay where they were if the number of subtasks is the same, for a sink's or a source's
/// own; otherwise they are dealt out in turn, so that loads differ by one at most and a source's splits keep their order. Shared items go
/// to all.
/// </remarks>
internal static class Rescaling
{
    /// <summary>Deals out.</summary>
    /// <param name="id">The operator's id.</param>
    /// <param name="old">What each old subtask remembered, in order of their indexes.</param>
    /// <param name="parallelism">The number of new subtasks.</param>
    /// <param name="keyGroupCount">The number of key groups.</param>
    /// <returns>What each new subtask gets, in order of their indexes.</returns>
    public static ImmutableArray<OperatorState> Deal(string id, IReadOnlyList<OperatorState> old, int parallelism, int keyGroupCount)
    {
        // In order of groups; pieces of one stay as they were.
        var groups = InRuns(old).OrderBy(group => group.KeyGroup).ToList();
        CheckOwners(id, old);
        var items = old.Count == parallelism ? [.. old.Select(state => state.Items)] : InTurn(old, parallelism);
        var stateItems = StateItemsOf(old, parallelism);
        ImmutableArray<ReadOnlyMemory<byte>> shared = [.. old.SelectMany(state => state.Shared)];
        var forms = old.Count == 0 ? StoredForms.AsNow : old[0].Forms;
        var dealt = ImmutableArray.CreateBuilder<OperatorState>(parallelism);
        var next = 0;
        for (var subtask = 0; subtask < parallelism; subtask++)
        {
            var owned = KeyGroups.RangeOf(subtask, keyGroupCount, parallelism);
            var first = next;
            while (next < groups.Count && owned.Contains(groups[next].KeyGroup))
            {
                next++;
            }

            dealt.Add(new OperatorState(
                id, [.. groups[first..next]], items[subtask], shared)
            { Files = [.. old.SelectMany(state => state.Files)], StateItems = stateItems[subtask], Forms = forms });
        }

        Invariant.Holds(next == groups.Count, $"nobody owns a key group of operator {id}: there are {keyGroupCount}");
        return dealt.MoveToImmutable();
    }

    // Each old subtask wrote runs of its own: those of one come behind those of the one before.
    private static IEnumerable<KeyGroupState> InRuns(IReadOnlyList<OperatorState> old)
    {
        var runs = 0;
        foreach (var groups in old.Select(state => state.KeyGroups).Where(groups => !groups.IsEmpty))
        {
            foreach (var group in groups)
            {
                yield return group with { Run = runs + group.Run };
            }

            runs += groups.Max(group => group.Run) + 1;
        }
    }

    private static void CheckOwners(string id, IReadOnlyList<OperatorState> old)
    {
        var owners = new Dictionary<int, int>();
        for (var subtask = 0; subtask < old.Count; subtask++)
        {
            foreach (var group in old[subtask].KeyGroups)
            {
                owners.TryAdd(group.KeyGroup, subtask);
                Invariant.Holds(owners[group.KeyGroup] == subtask,
                    $"two subtasks of operator {id} both remembered key group {group.KeyGroup}");
            }
        }
    }

    private static ImmutableArray<StateItem>[] StateItemsOf(IReadOnlyList<OperatorState> old, int parallelism)
    {
        var dealt = Enumerable.Range(0, parallelism).Select(static _ => ImmutableArray.CreateBuilder<StateItem>()).ToArray();
        var all = old.SelectMany((state, subtask) => state.StateItems.Select(item => (Item: item, Subtask: subtask)));
        foreach (var items in all.GroupBy(static one => (one.Item.State, one.Item.Dealt)).Select(static same => same.ToArray()))
        {
            switch (items[0].Item.Dealt)
            {
                case ItemDealing.Union:
                    Array.ForEach(dealt, subtask => subtask.AddRange(items.Select(static one => one.Item)));
                    break;
                case ItemDealing.Copy:
                    // In turn: each copy serves as many new subtasks as any other, or one more.
                    for (var subtask = 0; subtask < parallelism; subtask++)
                    {
                        dealt[subtask].Add(items[subtask % items.Length].Item);
                    }

                    break;
                default:
                    for (var i = 0; i < items.Length; i++)
                    {
                        dealt[old.Count == parallelism ? items[i].Subtask : i % parallelism].Add(items[i].Item);
                    }

                    break;
            }
        }

        return Array.ConvertAll(dealt, static subtask => subtask.ToImmutable());
    }

    private static ImmutableArray<ReadOnlyMemory<byte>>[] InTurn(IReadOnlyList<OperatorState> old, int parallelism)
    {
        var all = old.SelectMany(state => state.Items).ToList();
        return [.. Enumerable.Range(0, parallelism)
            .Select(subtask => all.Where((_, index) => index % parallelism == subtask).ToImmutableArray())];
    }
}
