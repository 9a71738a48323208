using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Snapshots;

/// <summary>What the old subtasks of an operator wrote at a checkpoint: for each an index, and the tables that it names.</summary>
/// <remarks>
/// A subtask that owns the very key groups of an old one takes over its files as they are. At another parallelism it copies its key groups
/// out of each old store that has some: they are one range of each namespace.
/// </remarks>
internal sealed class StoredSnapshots
{
    private readonly StateOwner _owner;
    private readonly List<(SnapshotIndex Index, StoredState[] Tables)> _snapshots = [];

    /// <summary>Reads the indexes.</summary>
    /// <exception cref="OtherBackendException">The files are another backend's.</exception>
    public StoredSnapshots(OperatorState state, StateOwner owner)
    {
        _owner = owner;
        for (var i = 0; i < state.Files.Length;)
        {
            var first = state.Files[i++];
            var bytes = first.Read(0, checked((int)first.Length));
            var index = SnapshotIndex.Decode(bytes) ?? throw new OtherBackendException(state.Id, "another backend", "RocksDB");
            if (index.Tables.Length > state.Files.Length - i)
            {
                throw new InvalidDataException($"The state of operator '{state.Id}' names {index.Tables.Length} tables, and has fewer.");
            }

            _snapshots.Add((index, [.. state.Files.AsSpan(i, index.Tables.Length)]));
            i += index.Tables.Length;
        }
    }

    /// <summary>Gets how many columns have ever been named.</summary>
    public int Columns => _snapshots.Max(snapshot => snapshot.Index.Columns);

    /// <summary>Takes up what the subtask owns.</summary>
    public void Restore(IReadOnlyList<KeyedPart> parts, IStoreRoom room, WriteBehind behind, SharedTables shared)
    {
        var owned = _snapshots.Where(snapshot => Overlap(snapshot.Index.Owned, _owner.Owned)).ToList();
        if (owned is [var (index, tables)] && index.Owned == _owner.Owned)
        {
            behind.Use(Open(index, tables, room));
            foreach (var state in index.States)
            {
                if (TableOf(parts, state) is { } table)
                {
                    table.Adopt(state);
                }
                else
                {
                    behind.Store.Drop(state.Name);
                }
            }

            shared.Set(index.Tables.Zip(tables)
                .Where(table => table.Second.Handle is StateHandle.InSharedFile)
                .Select(table => (table.First, (StateHandle.InSharedFile)table.Second.Handle)));
            return;
        }

        foreach (var (old, files) in owned)
        {
            using var store = Open(old, files, room);
            foreach (var state in old.States)
            {
                TableOf(parts, state)?.Copy(store, state, _owner.Owned);
            }
        }
    }

    private static bool Overlap(KeyGroupRange one, KeyGroupRange other) => one.First <= other.Last && other.First <= one.Last;

    // Null for a state that the operator has no more.
    private static ICachedTable? TableOf(IReadOnlyList<KeyedPart> parts, StoredColumn state) =>
        state.Part >= 0 && state.Part < parts.Count ? parts[state.Part] as ICachedTable
            : throw new InvalidDataException($"It holds a part {state.Part} of a state that has {parts.Count}.");

    private static IEntryStore Open(SnapshotIndex index, StoredState[] tables, IStoreRoom room) => room.Restore(
    [
        .. index.Small.Select(file => (file.Name, (Func<Stream>)(() => new MemoryStream(file.Bytes, writable: false)))),
        .. index.Tables.Zip(tables, (name, table) => (name, (Func<Stream>)table.Open)),
    ]);
}
