using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Manifests;

/// <summary>How snapshots are laid out: keyed state in one file a subtask, its key groups one behind the other; the rest in the manifest.</summary>
/// <param name="Operators">For the manifest, in ordinal order of ids.</param>
/// <param name="Files">For the manifest, in order of subtasks.</param>
/// <param name="Contents">What is in each file.</param>
internal sealed record StateLayout(
    ImmutableArray<ManifestOperator> Operators,
    ImmutableArray<StateFile> Files,
    ImmutableArray<ReadOnlyMemory<byte>> Contents)
{
    /// <summary>Lays out the snapshots of all subtasks.</summary>
    /// <param name="snapshots">What each subtask acknowledged with.</param>
    /// <param name="schemas">The wire forms of each operator, by its id.</param>
    public static StateLayout Of(
        IReadOnlyDictionary<SubtaskId, ImmutableArray<OperatorState>> snapshots,
        IReadOnlyDictionary<string, IReadOnlyList<SchemaMember>> schemas)
    {
        var operators = new SortedDictionary<string, ImmutableArray<ManifestSubtask>.Builder>(StringComparer.Ordinal);
        var files = ImmutableArray.CreateBuilder<StateFile>();
        var contents = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        foreach (var (subtask, states) in snapshots.OrderBy(pair => pair.Key))
        {
            var content = Join(subtask, states);
            var offset = 0;
            foreach (var state in states)
            {
                if (!operators.TryGetValue(state.Id, out var subtasks))
                {
                    operators[state.Id] = subtasks = ImmutableArray.CreateBuilder<ManifestSubtask>();
                }

                Invariant.Holds(subtasks.Count == subtask.Index, $"operator {state.Id} of subtask {subtask} acknowledged out of order");
                subtasks.Add(new ManifestSubtask(state.Items, state.Shared, Slices(state, files.Count, ref offset)));
            }

            if (content.Length > 0)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{subtask.Chain}-{subtask.Index}.state");
                files.Add(new StateFile(name, content.Length, Crc32.HashToUInt32(content)));
                contents.Add(content);
            }
        }

        return new StateLayout(
            [.. operators.Select(pair => new ManifestOperator(pair.Key, [.. schemas[pair.Key]], pair.Value.ToImmutable()))],
            files.ToImmutable(),
            contents.ToImmutable());
    }

    private static byte[] Join(SubtaskId subtask, ImmutableArray<OperatorState> states)
    {
        var size = states.Sum(state => state.KeyGroups.Sum(group => (long)group.Entries.Length));
        if (size > Array.MaxLength)
        {
            throw new IOException(
                $"The keyed state of subtask {subtask} has {size:N0} bytes, a state file holds {Array.MaxLength:N0} at most: raise the job's parallelism.");
        }

        var joined = new byte[size];
        var position = 0;
        foreach (var group in states.SelectMany(state => state.KeyGroups))
        {
            group.Entries.Span.CopyTo(joined.AsSpan(position));
            position += group.Entries.Length;
        }

        return joined;
    }

    private static ImmutableArray<KeyGroupSlice> Slices(OperatorState state, int file, ref int offset)
    {
        var slices = ImmutableArray.CreateBuilder<KeyGroupSlice>(state.KeyGroups.Length);
        foreach (var group in state.KeyGroups)
        {
            slices.Add(new KeyGroupSlice(group.KeyGroup, file, offset, group.Entries.Length));
            offset += group.Entries.Length;
        }

        return slices.MoveToImmutable();
    }
}
