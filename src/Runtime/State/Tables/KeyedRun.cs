using System.Collections.Immutable;

namespace Weir.Runtime.State.Tables;

/// <summary>What an operator's parts were at a barrier: put aside together, and encoded key group by key group.</summary>
internal sealed class KeyedRun(int barrier, int keyGroupCount, KeyedSnapshot[] snapshots, ImmutableArray<StateRun> kept) : RunWriter
{
    private int _swept;

    /// <inheritdoc/>
    public override StateRun Run { get; } = new(barrier);

    /// <inheritdoc/>
    public override ImmutableArray<StateRun> Kept => kept;

    /// <inheritdoc/>
    public override bool Sweep(ref int portion)
    {
        for (; _swept < snapshots.Length; _swept++)
        {
            if (!snapshots[_swept].Sweep(ref portion))
            {
                return false;
            }

            Run.Count += snapshots[_swept].Count;
        }

        return true;
    }

    // Group by group, part by part, through one buffer: nothing of the encoded state is held but the piece that was handed on last.
    /// <inheritdoc/>
    public override IEnumerable<KeyGroupState> Encode()
    {
        Invariant.Holds(_swept == snapshots.Length, $"a snapshot was written before all was put aside");
        try
        {
            // Of nothing there is nothing to write.
            if (Run.Count == 0)
            {
                yield break;
            }

            foreach (var snapshot in snapshots)
            {
                snapshot.Arrange(keyGroupCount);
            }

            // What had gone is of no account in groups that nothing older is known of.
            var older = kept.SelectMany(static run => run.Slices).Select(static slice => slice.KeyGroup).ToHashSet();
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

                    while (older.Contains(group) && !snapshots[part].EncodeRemovals(group, piece))
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
