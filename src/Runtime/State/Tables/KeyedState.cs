using System.Collections.Immutable;

namespace Weir.Runtime.State.Tables;

/// <summary>
/// All that one operator remembers by key: its parts in a fixed order, snapshotted and restored together, key group by key group.
/// </summary>
/// <remarks>
/// A snapshot builds on those before, and holds what has changed since (<see cref="StateRun"/>). One that could not be stored, or that
/// nothing may build on, leaves no gap: the next one holds its changes as well, for slots know since when they are as they are.
/// </remarks>
/// <param name="backend">Where its tables are.</param>
/// <param name="id">The operator's id.</param>
/// <param name="keyGroupCount">The number of key groups of the job.</param>
/// <param name="parts">The parts; their order is that of the checkpoint.</param>
internal sealed class KeyedState(StateBackend backend, string id, int keyGroupCount, params KeyedPart[] parts)
{
    // A row goes on for so many snapshots at least: other states of the operator may be large, and have not expired.
    private const int SnapshotsOfARow = 50;

    // Some thousands of entries.
    private const int BytesThatTell = 32 * 1024;

    private readonly List<StateRun> _runs = [];
    private KeyedRun? _pending;
    private int _barriers;

    // What was restored of runs holds entries that the backend writes elsewhere from now on. A run that stayed would give back what they
    // were.
    private bool _hasLeftRuns;

    // The barrier and the time of the first run.
    private (int Barrier, long Time) _begun;

    /// <summary>State on the heap.</summary>
    public KeyedState(string id, int keyGroupCount, params KeyedPart[] parts)
        : this(StateBackend.File, id, keyGroupCount, parts)
    {
    }

    /// <summary>A barrier: from now on everything is put aside before it changes, and written when the writer has time.</summary>
    public void Snapshot(OperatorStateWriter writer)
    {
        if (writer.IsSavepoint)
        {
            writer.Describe([.. parts.Select(part => part.Description)]);
        }

        backend.Snapshot(parts, writer);
        Settle();
        if (Array.Exists(parts, static part => !part.KnowsChanges))
        {
            _runs.Clear();
        }

        var staying = writer.IsApart || IsOutlived() ? 0 : StateRun.Staying(_runs, parts.Sum(static part => part.Changes));
        var kept = _runs.Take(staying).ToImmutableArray();
        var cut = new SnapshotCut(
            kept.IsEmpty ? 0 : kept[^1].Barrier, _runs.Count == 0 ? int.MaxValue : _runs[0].Barrier, keyGroupCount);
        _barriers++;
        if (kept.IsEmpty && !writer.IsApart)
        {
            _begun = (_barriers, Now());
        }

        var run = new KeyedRun(_barriers, keyGroupCount, Array.ConvertAll(parts, part => part.Snapshot(cut)), kept);
        _pending = writer.IsApart ? null : run;
        writer.AddRun(run);
    }

    /// <summary>Takes up the entries of a checkpoint.</summary>
    /// <param name="state">What was written.</param>
    /// <param name="schemas">The forms of now: what was written in another one is written anew by the next snapshot.</param>
    /// <param name="readers">What reads the parts, where they are not the same as now, or not in the same order.</param>
    /// <exception cref="DamagedStateException">The bytes are not what was written.</exception>
    public void Restore(OperatorState state, IReadOnlyList<SchemaMember> schemas, IReadOnlyList<KeyedPart>? readers = null)
    {
        backend.Restore(readers ?? parts, state);
        _hasLeftRuns = false;
        var groups = state.KeyGroups;
        var count = Restore(groups, readers ?? parts);
        if (state.Forms.AreThoseOf(schemas) && Continued(groups, count) is { } run)
        {
            _runs.Add(run);
            _begun = (_barriers, Now());
        }
    }

    /// <summary>Takes up the entries of key groups.</summary>
    /// <exception cref="DamagedStateException">The bytes are not what was written.</exception>
    public void Restore(ImmutableArray<KeyGroupState> groups) => Restore(groups, parts);

    // Whatever the first run has that was not touched since has expired by now: to write everything anew writes less than the runs hold.
    private bool IsOutlived()
    {
        if (_runs.Count == 0 || _barriers - _begun.Barrier < SnapshotsOfARow)
        {
            return false;
        }

        var longest = parts.Max(static part => part.Lifetime?.Micros);
        return longest is { } micros && Now() - _begun.Time > micros;
    }

    private long Now() => Array.Find(parts, static part => part.Lifetime is not null)?.Lifetime!.Now() ?? 0;

    private long Restore(ImmutableArray<KeyGroupState> groups, IReadOnlyList<KeyedPart> readers)
    {
        _barriers = groups.IsEmpty ? 0 : groups.Max(static group => group.Run) + 1;
        foreach (var part in readers)
        {
            part.BeginRestore(_barriers);
        }

        foreach (var part in parts)
        {
            // A part that was not there then counts barriers as the others do.
            part.BeginRestore(_barriers);
        }

        // Of each group the newest entries come first; what has come is not overwritten.
        var (count, bytes, group) = (0L, 0L, -1);
        var (all, isExpected) = (groups.Sum(static entries => (long)entries.Length), false);
        foreach (var next in groups.OrderBy(static entries => entries.KeyGroup).ThenByDescending(static entries => entries.Run))
        {
            // Hashes spread keys over the groups: the first of them tell how many come.
            if (!isExpected && next.KeyGroup != group && bytes >= BytesThatTell)
            {
                isExpected = true;
                foreach (var part in readers)
                {
                    part.Expect((double)all / bytes);
                }
            }

            // Outside of the guard: a store that cannot be read just now is no damage.
            var entries = next.Entries;
            (group, bytes) = (next.KeyGroup, bytes + entries.Length);
            DamagedStateException.Guard(
                id, $"key group {group}", (next, entries), read => count += Restore(read.next, read.entries, readers));
        }

        foreach (var part in parts)
        {
            DamagedStateException.Guard(id, "what was read", part, static restored => restored.EndRestore());
        }

        return count;
    }

    private int Restore(KeyGroupState group, ReadOnlyMemory<byte> entries, IReadOnlyList<KeyedPart> readers)
    {
        var reader = new MessagePackReader(entries);
        var place = new RestoredGroup(group.KeyGroup, keyGroupCount, group.Run);
        var (part, count) = (0, 0);
        while (!reader.End)
        {
            count++;
            if (!reader.TryReadNil())
            {
                _hasLeftRuns |= !readers[part].IsInRuns;
                readers[part].Restore(ref reader, place);
                continue;
            }

            var next = (int)reader.ReadBounded(KeyGroupPiece.GoneName, readers.Count - 1);
            if (next < 0)
            {
                readers[part].RestoreRemoval(ref reader, place, next == KeyGroupPiece.GoneName);
                continue;
            }

            part = next > part ? next : throw new InvalidDataException($"It holds the part {next} behind the part {part}.");
        }

        return count;
    }

    // What was restored goes on being referred to, as one run, if it lies where that is allowed.
    private StateRun? Continued(ImmutableArray<KeyGroupState> groups, long count)
    {
        var stored = groups.OrderBy(static group => group.Run).Select(static group => group.Stored).Distinct().ToList();
        if (_hasLeftRuns || stored.Count == 0 || stored.Count >= StateRun.MostFiles
            || stored.Exists(static file => file is null || file.Handle is StateHandle.InFile))
        {
            return null;
        }

        return new StateRun(_barriers)
        {
            Count = count,
            IsWritten = true,
            Handles = [.. stored.Select(static file => file!.Handle)],
            Slices = [.. groups.Select(group => group.SliceOf(stored.IndexOf(group.Stored)))],
        };
    }

    // The snapshot before this one is over, as far as the subtask goes; it may still be written.
    private void Settle()
    {
        if (_pending is { } pending)
        {
            // What is put aside belongs to one barrier.
            var all = int.MaxValue;
            while (!pending.Sweep(ref all))
            {
                all = int.MaxValue;
            }

            if (pending.Run.Count == 0 && pending.Kept.Length == _runs.Count && _runs.Count > 0)
            {
                // Nothing has changed: the last run holds until its barrier.
                _runs[^1].Barrier = pending.Run.Barrier;
            }
            else
            {
                _runs.RemoveRange(pending.Kept.Length, _runs.Count - pending.Kept.Length);
                _runs.Add(pending.Run);
            }

            _pending = null;
        }

        // What builds on a run that could not be stored could not be stored, either.
        var failed = _runs.FindIndex(static run => run.IsWritten == false);
        if (failed >= 0)
        {
            _runs.RemoveRange(failed, _runs.Count - failed);
        }
    }
}
