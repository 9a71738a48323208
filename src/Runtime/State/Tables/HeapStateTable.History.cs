namespace Weir.Runtime.State.Tables;

/// <content>What has changed, what is put aside for a snapshot, and what has gone.</content>
internal sealed partial class HeapStateTable<TKey, TNamespace, TValue, TFunctor>
{
    /// <remarks>
    /// A table that is forgotten while its slots are still to be put aside is taken away from its namespace and swept before it is used
    /// again: forgetting it costs nothing, whatever is pending.
    /// </remarks>
    private sealed class History(HeapStateTable<TKey, TNamespace, TValue, TFunctor> state) : TableHistory<TKey, TValue>
    {
        // A table of so few keys is forgotten key by key. Of a larger one each key group of a checkpoint hears that its namespace has gone.
        private const int FewKeys = 64;

        // So many keys may go, unless there are more slots, before it is cheaper to write all that is left.
        private const int MostGone = 16_384;

        private const int MostExpected = 1 << 28;

        private readonly List<Place> _places = [];
        private readonly Stack<int> _free = new();
        private List<HeapKeyTable<TKey, TValue, TFunctor>> _marked = [];
        private List<HeapKeyTable<TKey, TValue, TFunctor>> _sweeping = [];
        private List<Removals<TKey, TNamespace>> _gone = [];
        private Removals<TKey, TNamespace> _goneNow = new(1);
        private TableSnapshot<TKey, TNamespace, TValue>? _pending;
        private int _next;

        // The number of the namespace that was asked for last.
        private (int Place, int At, int Name) _asked = (-1, 0, 0);

        // Of a restore.
        private readonly List<(TNamespace Name, TKey Key, bool WasOpen)> _dead = [];
        private NamespaceIndex<TNamespace, object>? _deadNames;
        private int _deadGroup = -1;
        private bool _isRestoring;
        private HeapKeyTable<TKey, TValue, TFunctor>? _restored;
        private TNamespace? _restoredName;

        /// <summary>Gets how much has gone since the last barrier.</summary>
        public long Gone => _goneNow.Count;

        private int Barriers => Now / Barrier;

        /// <summary>The mark of entries of a snapshot that is restored.</summary>
        public static int MarkOf(RestoredGroup group) => Barrier * (group.Run + 1);

        public void Add(TNamespace name, HeapKeyTable<TKey, TValue, TFunctor> table)
        {
            if (!_free.TryPop(out var place))
            {
                place = _places.Count;
                _places.Add(default);
            }

            _places[place] = new Place(name, table) { Opened = _isRestoring ? -1 : Barriers };
            table.Place = place;
            table.Begin();
        }

        /// <summary>A namespace is forgotten.</summary>
        /// <returns>Whether its table may be used for another one now.</returns>
        public bool MayGo(TNamespace name, HeapKeyTable<TKey, TValue, TFunctor> table)
        {
            var place = _places[table.Place];
            if (Tracks && place.Opened < Barriers)
            {
                NoteGone(name, table);
            }

            if (table.IsUnswept)
            {
                _places[table.Place] = place with { IsTaken = true };
                if (IsByMarks)
                {
                    _sweeping.Add(table);
                }

                return false;
            }

            Free(table.Place);
            return true;
        }

        public TableSnapshot<TKey, TNamespace, TValue> Begin(SnapshotCut cut)
        {
            var all = int.MaxValue;
            while (_pending is not null && !Sweep(ref all))
            {
                all = int.MaxValue;
            }

            if (_goneNow.Count > 0)
            {
                _gone.Add(_goneNow);
            }

            // A new list: the one before may still be read, on the pool.
            _gone = [.. _gone.Where(gone => gone.Barrier > cut.Oldest)];
            IsByMarks = Tracks && cut.Since == Barriers && cut.Since > 0;
            Since = Barrier * cut.Since;
            (_sweeping, _marked) = (_marked, []);
            (_next, Changes, Tracks, IsPending) = (0, 0, true, true);
            Now += Barrier;
            _goneNow = new Removals<TKey, TNamespace>(Barriers + 1);
            _pending = new(
                state._codecs,
                cut.Since == 0 ? [] : [.. _gone.Where(gone => gone.Barrier > cut.Since)],
                cut.Since > 0,
                cut.KeyGroupCount,
                Sweep);
            return _pending;
        }

        public override int PutAside(int place, in StateSlot<TKey, TValue> slot)
        {
            if (place != _asked.Place || Now != _asked.At)
            {
                Ask(place);
            }

            return _pending!.Add(_asked.Name, slot);
        }

        public override void Removed(int place, in TKey key)
        {
            _goneNow.Keys.Add((_places[place].Of, key));
            Bound();
        }

        public override int AddMarked(object table)
        {
            _marked.Add((HeapKeyTable<TKey, TValue, TFunctor>)table);
            return _marked.Count - 1;
        }

        public override void RemoveMarked(int index)
        {
            var last = _marked[^1];
            _marked[index] = last;
            last.MoveMarked(index);
            _marked.RemoveAt(_marked.Count - 1);
        }

        public void BeginRestore(int runs) => (Now, Tracks, _isRestoring) = ((Barrier * runs) + 1, false, true);

        // Most entries are of the namespace of the one before.
        public HeapKeyTable<TKey, TValue, TFunctor> Restored(TNamespace name)
        {
            if (_restored is null || !name.Equals(_restoredName!))
            {
                (_restored, _restoredName) = ((HeapKeyTable<TKey, TValue, TFunctor>)state.Open(name), name);
            }

            return _restored;
        }

        // Somewhat less than there may be: to make room for more than comes would double the memory, at worst.
        public void Expect(double times)
        {
            foreach (var (_, table) in state._open.All.ToList())
            {
                table.Reserve((int)Math.Min(table.Count * times * 0.9, MostExpected));
            }
        }

        public void AddGone(TNamespace name, TKey key, bool wasOpen) => _dead.Add((name, key, wasOpen));

        public void AddGone(TNamespace name, RestoredGroup group)
        {
            if (_deadGroup != group.KeyGroup || _deadNames is null)
            {
                (_deadGroup, _deadNames) = (group.KeyGroup, new(state._codecs.Namespaces, state._seed));
            }

            if (!_deadNames.TryFind(name, out _))
            {
                _deadNames.Add(name, this);
            }
        }

        public bool IsGone(TNamespace name, RestoredGroup group) =>
            _deadNames is not null && _deadGroup == group.KeyGroup && _deadNames.TryFind(name, out _);

        public void EndRestore()
        {
            foreach (var (name, key, _) in _dead)
            {
                if (state.TryFind(name, out var keys))
                {
                    keys.Remove(key, state._functor.Hash(key));
                }
            }

            foreach (var (name, _, wasOpen) in _dead)
            {
                if (!wasOpen && state.TryFind(name, out var keys) && keys.Count == 0)
                {
                    state.Remove(name);
                }
            }

            _dead.Clear();
            (_deadNames, _deadGroup, _isRestoring) = (null, -1, false);
            (_restored, _restoredName) = (null, default);
            (_goneNow, Tracks, Changes) = (new(Barriers + 1), true, 0);
            _gone.Clear();
        }

        private void Ask(int place)
        {
            var of = _places[place];
            if (of.AskedAt != Now)
            {
                of = of with { AskedAt = Now, Name = _pending!.AddName(of.Of) };
                _places[place] = of;
            }

            _asked = (place, Now, of.Name);
        }

        private bool Sweep(ref int portion)
        {
            while (IsPending)
            {
                var count = IsByMarks ? _sweeping.Count : _places.Count;
                if (_next == count)
                {
                    (IsPending, _pending) = (false, null);
                    _sweeping.Clear();
                    break;
                }

                var table = IsByMarks ? _sweeping[_next] : _places[_next].Table;
                if (table is not null && !table.Sweep(ref portion))
                {
                    return false;
                }

                if (table is not null && _places[table.Place] is { IsTaken: true } place && place.Table == table)
                {
                    Free(table.Place);
                    state.Spare.Keep(table);
                }

                _next++;
                portion--;
                if (portion <= 0)
                {
                    return false;
                }
            }

            return true;
        }

        private void NoteGone(TNamespace name, HeapKeyTable<TKey, TValue, TFunctor> table)
        {
            if (table.Count > FewKeys || table.Slots.Length > 8 * FewKeys)
            {
                _goneNow.Names.Add(name);
            }
            else
            {
                foreach (var slot in table.All())
                {
                    _goneNow.Keys.Add((name, slot.Key));
                }
            }

            Bound();
        }

        private void Bound()
        {
            if (_goneNow.Count > Math.Max(MostGone, state._account.Slots))
            {
                (Tracks, _goneNow) = (false, new(Barriers + 1));
                _gone = [];
            }
        }

        private void Free(int place)
        {
            _asked = (-1, 0, 0);
            _places[place] = default;
            _free.Push(place);
        }

        // What is known of a table: whose it is, when it was opened, and the number of its namespace in the snapshot that is being taken.
        private readonly record struct Place(TNamespace Of, HeapKeyTable<TKey, TValue, TFunctor>? Table)
        {
            public int Opened { get; init; }

            public int AskedAt { get; init; }

            public int Name { get; init; }

            public bool IsTaken { get; init; }
        }
    }
}
