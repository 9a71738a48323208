using System.Collections.Immutable;

namespace Weir.Runtime.State.Tables;

/// <summary>
/// All that one operator remembers by key: its parts in a fixed order, snapshotted and restored together, key group by key group.
/// </summary>
/// <param name="backend">Where its tables are.</param>
/// <param name="id">The operator's id.</param>
/// <param name="keyGroupCount">The number of key groups of the job.</param>
/// <param name="parts">The parts; their order is that of the checkpoint.</param>
internal sealed class KeyedState(StateBackend backend, string id, int keyGroupCount, params KeyedPart[] parts)
{
    /// <summary>State on the heap.</summary>
    public KeyedState(string id, int keyGroupCount, params KeyedPart[] parts)
        : this(new HeapBackend(), id, keyGroupCount, parts)
    {
    }

    /// <summary>Puts everything aside and writes it: now, if it would go on changing, or when the writer has time.</summary>
    public void Snapshot(OperatorStateWriter writer)
    {
        if (writer.IsSavepoint)
        {
            writer.Describe([.. parts.Select(part => part.Description)]);
        }

        backend.Snapshot(parts, writer);
        var snapshots = Array.ConvertAll(parts, part => part.Snapshot());
        if (Array.TrueForAll(snapshots, snapshot => snapshot.IsLasting))
        {
            writer.AddKeyGroupsLater(() => Encode(snapshots));
            return;
        }

        // Their copy is what they are encoded to: in pieces, too.
        foreach (var piece in Encode(snapshots))
        {
            writer.AddKeyGroup(piece.KeyGroup, piece.Entries.ToArray());
        }
    }

    /// <summary>Takes up what a checkpoint holds.</summary>
    /// <exception cref="DamagedStateException">The bytes are not what was written.</exception>
    public void Restore(OperatorState state)
    {
        backend.Restore(parts, state);
        Restore(state.KeyGroups);
    }

    /// <summary>Takes up the entries of key groups.</summary>
    /// <exception cref="DamagedStateException">The bytes are not what was written.</exception>
    public void Restore(ImmutableArray<KeyGroupState> groups)
    {
        foreach (var group in groups)
        {
            // Outside of the guard: a store that cannot be read just now is no damage.
            var entries = group.Entries;
            DamagedStateException.Guard(id, $"key group {group.KeyGroup}", new KeyGroupState(group.KeyGroup, entries), Restore);
        }
    }

    private void Restore(KeyGroupState group)
    {
        var reader = new MessagePackReader(group.Entries);
        var part = 0;
        while (!reader.End)
        {
            if (reader.TryReadNil())
            {
                part = (int)reader.ReadBounded(part + 1, parts.Length - 1);
                continue;
            }

            parts[part].Restore(ref reader, group.KeyGroup, keyGroupCount);
        }
    }

    // Group by group, part by part, through one buffer: nothing of the encoded state is held but the piece that was handed on last.
    private IEnumerable<KeyGroupState> Encode(KeyedSnapshot[] snapshots)
    {
        try
        {
            foreach (var snapshot in snapshots)
            {
                snapshot.Arrange(keyGroupCount);
            }

            var piece = new KeyGroupPiece();
            for (var group = 0; group < keyGroupCount; group++)
            {
                for (var part = 0; part < snapshots.Length; part++)
                {
                    piece.Begin(part);
                    while (!snapshots[part].Encode(group, piece))
                    {
                        yield return new KeyGroupState(group, piece.Entries);
                        piece.Clear();
                    }
                }

                if (!piece.Entries.IsEmpty)
                {
                    yield return new KeyGroupState(group, piece.Entries);
                    piece.Clear();
                }
            }
        }
        finally
        {
            Array.ForEach(snapshots, snapshot => snapshot.Release());
        }
    }
}
