using Weir.RocksDbState.Snapshots;
using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.Runtime;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Telemetry;

namespace Weir.RocksDbState;

/// <summary>The keyed state of one operator in one subtask: its tables, their store, and its snapshots.</summary>
/// <remarks>
/// <para>At a barrier nothing is written: tables are frozen, which is a number for each. Then, a portion a step, what was dirty at the
/// barrier is put aside, and what records change meanwhile is put aside before it changes. When all is, the work pool writes it to the
/// store, links the store and uploads its new files. Until it is linked, the store gets nothing else: what is dirty since stays in the
/// cache, and removals wait.</para>
/// </remarks>
internal sealed class CachedState : StateBackend
{
    // A step's worth of work: slots that are looked at for a barrier, some nanoseconds each; and entries that go out.
    private const int SlotsAStep = 16 << 10;
    private const int EvictionsAStep = 1024;

    // All at once.
    private const int AllSlots = 1 << 28;

    // How many slots are weighed a step when the cache is far from full, and when it is not.
    private const int FewSlotsWeighed = 64;
    private const int ManySlotsWeighed = 256;

    // How often figures are shown.
    private const int StepsALook = 64;

    private readonly StateOwner _owner;
    private readonly IStoreRoom _room;
    private readonly Action<Action>? _beside;
    private readonly CacheBudget _budget;
    private readonly CacheAccount _account;
    private readonly WriteBehind _behind;
    private readonly SharedTables _shared = new();
    private readonly List<ICachedTable> _tables = [];
    private readonly List<StoredEntries> _savepoints = [];
    private readonly StoreGate _gate = new();

    // To be done behind the first records, so that the start does not wait.
    private readonly List<Action> _rehearsals = [];

    // Those whose stages are not in the store, the oldest first. Only the last one may still be swept.
    private readonly Queue<SnapshotUnderWay> _underWay = new();
    private SnapshotUnderWay? _unswept;
    private int _columns;
    private int _snapshots;
    private int _steps;
    private bool _isOverLimit;
    private bool _isDisposed;

    // Read by the thread that measures.
    private long _keys;
    private long _bytes;
    private long _stored;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="owner">Whose state it is.</param>
    /// <param name="room">Where its stores lie.</param>
    /// <param name="budget">What its cache may take, shared with others.</param>
    /// <param name="beside">Does on another thread what nobody waits for; null if barriers need no rehearsal.</param>
    public CachedState(StateOwner owner, IStoreRoom room, CacheBudget budget, Action<Action>? beside = null)
    {
        (_owner, _room, _budget, _beside) = (owner, room, budget, beside);
        _account = new CacheAccount(budget);
        _behind = new WriteBehind(room.Open);
        budget.Join();
    }

    /// <inheritdoc/>
    internal override StateTable<TKey, TNamespace, TValue> Open<TKey, TNamespace, TValue, TFunctor>(
        EntryCodecs<TKey, TNamespace, TValue> codecs, TFunctor functor, KeySeed seed)
    {
        var table = new CachedStateTable<TKey, TNamespace, TValue, TFunctor>(
            codecs, functor, seed, NewColumn(), _owner, _account, _behind);
        _tables.Add(table);
        if (_beside is not null && Rehearsal<TKey, TNamespace, TValue, TFunctor>.TryBegin())
        {
            _rehearsals.Add(() => Rehearsal<TKey, TNamespace, TValue, TFunctor>.Run(
                new CachedState(_owner, _room, new CacheBudget(0)), codecs, functor));
        }

        return table;
    }

    /// <inheritdoc/>
    internal override StateFigures Figures =>
        new(Volatile.Read(ref _keys), Volatile.Read(ref _bytes) + Volatile.Read(ref _stored));

    /// <inheritdoc/>
    internal override bool Tend(bool isHeld)
    {
        Thaw();
        if (_rehearsals.Count > 0 && _account.Inserted > 0)
        {
            _rehearsals.ForEach(_beside!);
            _rehearsals.Clear();
        }

        var isSweeping = _unswept is not null;
        if (isSweeping)
        {
            Sweep(SlotsAStep);
        }

        KeepToLimit(isHeld);
        if (++_steps % StepsALook == 0)
        {
            ShowFigures();
        }

        _account.Inserted = 0;
        if (MayWrite && _behind.HasManyRemovals)
        {
            _behind.Write();
        }

        return isSweeping;
    }

    /// <inheritdoc/>
    internal override void Snapshot(IReadOnlyList<KeyedPart> parts, OperatorStateWriter writer)
    {
        FinishSweep();
        ShowFigures();
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

        var index = new SnapshotIndex(_owner.Owned, _columns, [.. columns]);
        _unswept = new SnapshotUnderWay(Freeze(), _underWay.LastOrDefault(), _behind, _room, _shared, index, ++_snapshots);
        _underWay.Enqueue(_unswept);
        writer.AddFilesLater(_unswept.WriteAsync, IsSwept(_unswept));

        static Func<bool> IsSwept(SnapshotUnderWay snapshot) => () => snapshot.IsSwept;
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
        foreach (var snapshot in _underWay)
        {
            snapshot.GiveUp();
        }

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
    private bool MayWrite => _underWay.Count == 0;

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

    private void ShowFigures()
    {
        Volatile.Write(ref _bytes, _account.Bytes + _underWay.Sum(snapshot => snapshot.Bytes));
        Volatile.Write(ref _keys, _tables.Sum(table => table.Keys));
    }

    private void KeepToLimit(bool isHeld)
    {
        foreach (var table in _tables)
        {
            table.Weigh(_account.Counted > _account.Limit / 2 ? ManySlotsWeighed : FewSlotsWeighed);
        }

        // Asked at each step, until there is room for some more: whatever has come, it goes on until it is made up for. While a checkpoint
        // is written, what was put aside for it may take as much again.
        var counted = _account.Counted;
        if (_underWay.Count > 0)
        {
            counted = Math.Max(counted, counted + _underWay.Sum(static snapshot => snapshot.Bytes) - _account.Limit);
        }

        _isOverLimit = counted > (_isOverLimit ? _account.LowMark : _account.Limit);
        var needsSlots = _account.IsCrowded || _account.SlotBytes > _account.Limit;
        if (needsSlots || _isOverLimit)
        {
            // As many go as have come, so that it gets no worse.
            var count = Math.Max(EvictionsAStep, _account.Inserted);
            _account.IsCrowded = false;
            Largest()?.Trim(count, needsSlots ? long.MaxValue : _account.Excess(counted), MayWrite, isHeld);
        }
    }

    private ICachedTable? Largest() => _tables.MaxBy(table => table.Bytes);

    private Stage Freeze() => _behind.Freeze([.. _tables.Select(table => table.Freeze()).OfType<IAside>()]);

    // A savepoint is written as every backend writes it: all that is dirty goes to the store, and the store is walked.
    private void SnapshotAll()
    {
        _savepoints.RemoveAll(savepoint => savepoint.IsReleased);
        foreach (var snapshot in _underWay)
        {
            snapshot.Link();
        }

        Thaw();
        if (!_behind.IsOpen && _tables.TrueForAll(table => table.Stored.IsEmpty))
        {
            return;
        }

        var stage = Freeze();
        foreach (var table in _tables)
        {
            while (table.Sweep(AllSlots) >= AllSlots)
            {
            }
        }

        stage.WriteTo(_behind.Store);
        _behind.Thaw(stage);
        Volatile.Write(ref _stored, _behind.Store.EstimateBytes());
        _tables.ForEach(table => _savepoints.Add(table.Walk(_gate)));
    }

    private void Sweep(int portion)
    {
        foreach (var table in _tables)
        {
            portion -= table.Sweep(portion);
            if (portion <= 0)
            {
                return;
            }
        }

        // The next step begins to write it.
        _unswept!.IsSwept = true;
        _unswept = null;
    }

    // The next barrier may come before all is put aside for the one before.
    private void FinishSweep()
    {
        while (_unswept is not null)
        {
            Sweep(AllSlots);
        }
    }

    private void Thaw()
    {
        while (_underWay.TryPeek(out var oldest) && oldest.IsLinked)
        {
            oldest.ThrowIfLost();
            _behind.Thaw(oldest.Stage);
            Volatile.Write(ref _stored, oldest.StoredBytes);
            _underWay.Dequeue();
        }
    }
}
