using Weir.RocksDbState.Snapshots;
using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.Runtime;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState;

/// <summary>The keyed state of one operator in one subtask: its tables, their store, and its snapshots.</summary>
/// <remarks>
/// <para>At a barrier nothing is written: tables are frozen, which is a number for each. Then, a portion a step, what was dirty at the
/// barrier is written to the store, and what records change meanwhile is written before it changes. When all is there, the store is linked
/// on the work pool, and its new files are uploaded. Until it is linked, the store is as it was at the barrier: what is dirty since stays
/// in
/// the cache, and removals wait.</para>
/// </remarks>
internal sealed class CachedState : StateBackend
{
    // A step's worth of work.
    private const int SlotsAStep = 512;
    private const int EvictionsAStep = 1024;

    // How often what values point to is added up.
    private const int StepsALook = 64;

    private readonly StateOwner _owner;
    private readonly StoreRoom _room;
    private readonly CacheBudget _budget;
    private readonly CacheAccount _account;
    private readonly WriteBehind _behind;
    private readonly SharedTables _shared = new();
    private readonly List<ICachedTable> _tables = [];
    private readonly List<StoredEntries> _savepoints = [];
    private readonly StoreGate _gate = new();
    private SnapshotUnderWay? _snapshot;
    private int _columns;
    private int _snapshots;
    private int _steps;
    private bool _isDisposed;

    public CachedState(StateOwner owner, StoreRoom room, CacheBudget budget)
    {
        (_owner, _room, _budget) = (owner, room, budget);
        _account = new CacheAccount(budget);
        _behind = new WriteBehind(() => room.Open(room.NewDirectory("state")));
        budget.Join();
    }

    /// <inheritdoc/>
    internal override StateTable<TKey, TNamespace, TValue> Open<TKey, TNamespace, TValue, TFunctor>(
        EntryCodecs<TKey, TNamespace, TValue> codecs, TFunctor functor, KeySeed seed)
    {
        var table = new CachedStateTable<TKey, TNamespace, TValue, TFunctor>(
            codecs, functor, seed, NewColumn(), _owner, _account, _behind);
        _tables.Add(table);
        return table;
    }

    /// <inheritdoc/>
    internal override bool Tend(bool isHeld)
    {
        var isSweeping = _snapshot is not null && Sweep(SlotsAStep);
        if (_account.IsCrowded || _account.SlotBytes > _account.Limit || (++_steps % StepsALook == 0 && IsOverLimit()))
        {
            _account.IsCrowded = false;
            Largest()?.Trim(EvictionsAStep, MayWrite, isHeld);
        }

        if (MayWrite && _behind.HasManyRemovals)
        {
            _behind.Write();
        }

        return isSweeping;
    }

    /// <inheritdoc/>
    internal override void Snapshot(IReadOnlyList<KeyedPart> parts, OperatorStateWriter writer)
    {
        FinishSnapshot();
        if (writer.IsSavepoint)
        {
            SnapshotAll();
            return;
        }

        var columns = _tables
            .Select(table => new StoredColumn(PartOf(parts, table), table.Column, table.IsCanonical, table.Stored))
            .Where(column => !column.Namespaces.IsEmpty)
            .ToList();
        if (columns.Count == 0 && !_behind.IsOpen)
        {
            // Nothing has ever been there.
            return;
        }

        foreach (var table in _tables)
        {
            table.Freeze();
        }

        _behind.Freeze();
        var snapshot = new SnapshotUnderWay(_behind, _room, _shared, new SnapshotIndex(_owner.Owned, _columns, [.. columns]), ++_snapshots);
        _snapshot = snapshot;
        writer.AddFilesLater(snapshot.WriteAsync, () => snapshot.IsSwept);
    }

    /// <inheritdoc/>
    internal override void Restore(IReadOnlyList<KeyedPart> parts, OperatorState state)
    {
        if (!state.Files.IsEmpty)
        {
            var stored = new StoredSnapshots(state, _owner);
            _columns = Math.Max(_columns, stored.Columns);
            foreach (var table in _tables)
            {
                // Names of old columns are not used again.
                table.Rename(NewColumn());
            }

            stored.Restore(parts, _room, _behind, _shared);
        }
    }

    /// <inheritdoc/>
    internal override void Close()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _budget.Leave();
        _snapshot?.GiveUp();
        lock (_gate)
        {
            _savepoints.ForEach(savepoint => savepoint.GiveUp());
            _tables.ForEach(table => table.EndWalks());
            _behind.Close();
            _gate.Close();
        }

        _room.Dispose();
    }

    // Until the store is linked it holds what was there at the barrier, and no more.
    private bool MayWrite => _snapshot is null;

    private static int PartOf(IReadOnlyList<KeyedPart> parts, ICachedTable table)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (ReferenceEquals(parts[i], table))
            {
                return i;
            }
        }

        throw new InvariantException($"the state in column {table.Column} is no part of its operator's");
    }

    private string NewColumn() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"s{_columns++}");

    private bool IsOverLimit() => _tables.Sum(table => table.Bytes) > _account.Limit;

    private ICachedTable? Largest() => _tables.MaxBy(table => table.Bytes);

    // A savepoint is written as every backend writes it: all that is dirty goes to the store, and the store is walked.
    private void SnapshotAll()
    {
        _savepoints.RemoveAll(savepoint => savepoint.IsReleased);
        foreach (var table in _tables)
        {
            table.Freeze();
            table.Sweep(int.MaxValue);
        }

        if (_behind.IsOpen || _tables.Exists(table => !table.Stored.IsEmpty))
        {
            _behind.Write();
            _tables.ForEach(table => _savepoints.Add(table.Walk(_gate)));
        }
    }

    // Returns whether there is more to sweep.
    private bool Sweep(int portion)
    {
        var snapshot = _snapshot!;
        if (snapshot.IsSwept)
        {
            if (snapshot.IsLinked)
            {
                Thaw();
            }

            return false;
        }

        foreach (var table in _tables)
        {
            portion -= table.Sweep(portion);
            if (portion <= 0)
            {
                return true;
            }
        }

        _behind.Write();
        snapshot.IsSwept = true;

        // The next step begins to write it.
        return true;
    }

    private void Thaw()
    {
        _behind.Thaw();
        _snapshot = null;
    }

    // A checkpoint that was given up may still be on its way when the next one comes.
    private void FinishSnapshot()
    {
        if (_snapshot is not null)
        {
            while (!_snapshot.IsSwept)
            {
                Sweep(int.MaxValue);
            }

            _snapshot.Link();
            Thaw();
        }
    }
}
