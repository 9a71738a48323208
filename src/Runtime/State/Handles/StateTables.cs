using Weir.Runtime.State.Tables;

namespace Weir.Runtime.State.Handles;

/// <summary>The tables behind the state handles of one operator, by the names of the states.</summary>
/// <remarks>
/// In a checkpoint states are parts of the operator's keyed state, in the order of the schema <c>state</c>, of which each is a member. A
/// restore finds them by name: one that was not there begins empty, one that is gone is read over, and one whose type has changed is
/// resolved as any member is.
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <param name="scope">Whose turn it is.</param>
/// <param name="keys">Writes keys.</param>
/// <param name="backend">Where the tables are.</param>
/// <param name="seed">Spreads keys.</param>
/// <param name="of">What the states are of.</param>
/// <param name="subtasks">The states that are of no key; null where there cannot be any.</param>
internal sealed class StateTables<TKey>(
    KeyScope<TKey> scope,
    Codec<TKey> keys,
    StateBackend backend,
    KeySeed seed,
    StateScope of = StateScope.Key,
    SubtaskStates? subtasks = null)
    : StateBinder
{
    private readonly string _name = of == StateScope.Key ? StateNames.OfKeys : StateNames.OfPanes;
    private readonly List<Action> _removals = [];
    private readonly List<StateSweep> _sweeps = [];
    private readonly List<Func<KeysAhead<TKey>?, bool>> _prefetches = [];

    private readonly List<(SchemaMember Member, KeyedPart Part, Func<Codec<TKey>, Schema?, KeyedPart> ReadAs)> _states = [];

    /// <summary>Gets the form of all states, by name.</summary>
    public SchemaMember Schema =>
        new(_name, new Schema(_name, [.. _states.Select(state => state.Member)]) { Kind = SchemaKind.Object });

    /// <summary>Gets what a checkpoint is made of, in order.</summary>
    public IEnumerable<KeyedPart> Parts => _states.Select(state => state.Part);

    /// <summary>Gets a value indicating whether it is of use to tell keys before it is their turn.</summary>
    public bool Prefetches
    {
        get
        {
            foreach (var prefetch in _prefetches)
            {
                if (prefetch(null))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Fetches the states of keys whose turn is about to come.</summary>
    public void Prefetch(KeysAhead<TKey> ahead)
    {
        foreach (var prefetch in _prefetches)
        {
            prefetch(ahead);
        }

        ahead.Clear();
    }

    /// <summary>Forgets all states of the current key.</summary>
    public void RemoveAll()
    {
        foreach (var remove in _removals)
        {
            remove();
        }
    }

    /// <summary>Cleans up a portion of what has expired. Not while somebody is in a call.</summary>
    public void CleanUp()
    {
        if (_sweeps.Count > 0)
        {
            var now = scope.Now;
            foreach (var sweep in _sweeps)
            {
                sweep.Step(now);
            }
        }
    }

    /// <summary>What takes up the entries of a checkpoint, in the order in which they were written.</summary>
    /// <param name="forms">The forms that they were written in.</param>
    /// <param name="written">Reads keys as they were written.</param>
    /// <returns>The parts.</returns>
    public IEnumerable<KeyedPart> Restored(StoredForms forms, Codec<TKey> written)
    {
        if (forms.Of(_name) is not { } then)
        {
            return _states.Select(state => state.ReadAs(written, null));
        }

        var parts = new KeyedPart[then.Members.Count];
        foreach (var (member, _, readAs) in _states)
        {
            var place = PlaceOf(then, member);
            if (place >= 0)
            {
                parts[place] = readAs(written, then.Members[place].Schema);
            }
        }

        return parts.Select(part => part ?? new SkippedState<TKey>(written));
    }

    internal override StateAccess<T> Open<T>(StateField field, Func<T>? create)
    {
        if (field.Ttl is not { } ttl)
        {
            return Open(field, Codecs.Of<T>(), create, null).Access;
        }

        var expiry = new Expiry(ttl, scope);
        return new AgedValue<T>(
            Aging(field, expiry, new AgedCodec<T>(Codecs.Of<T>(), () => scope.Now), Begin, now => AgedKept.Value<T>(expiry, now)),
            expiry,
            create);

        Aged<T> Begin() => new(expiry.Now, create is null ? default! : create());
    }

    internal override ListAccess<T> OpenList<T>(StateField field)
    {
        if (field.Ttl is not { } ttl)
        {
            return new LastingList<T>(Open(field, new ItemsCodec<T>(Codecs.Of<T>()), static () => [], null).Access);
        }

        var expiry = new Expiry(ttl, scope);
        var items = new ItemsCodec<Aged<T>>(new AgedCodec<T>(Codecs.Of<T>(), () => scope.Now));
        return new AgedList<T>(Aging(field, expiry, items, static () => [], now => AgedKept.List<T>(expiry, now)), expiry);
    }

    internal override MapAccess<TMapKey, TValue> OpenMap<TMapKey, TValue>(StateField field)
    {
        var codec = Codecs.Of<TMapKey>();
        var comparer = new MapKeys<TMapKey>(codec, seed);
        if (field.Ttl is not { } ttl)
        {
            var entries = new EntriesCodec<TMapKey, TValue>(codec, Codecs.Of<TValue>(), comparer);
            return new LastingMap<TMapKey, TValue>(Open(field, entries, () => new InsertionMap<TMapKey, TValue>(comparer), null).Access);
        }

        var expiry = new Expiry(ttl, scope);
        var aged = new EntriesCodec<TMapKey, Aged<TValue>>(codec, new AgedCodec<TValue>(Codecs.Of<TValue>(), () => scope.Now), comparer);
        return new AgedMap<TMapKey, TValue>(
            Aging(
                field, expiry, aged, () => new InsertionMap<TMapKey, Aged<TValue>>(comparer),
                now => AgedKept.Map<TMapKey, TValue>(expiry, now, comparer)),
            expiry,
            comparer);
    }

    internal override SubtaskAccess<InsertionMap<TMapKey, TValue>> OpenBroadcast<TMapKey, TValue>(StateField field) =>
        Subtasks(field).OpenMap<TMapKey, TValue>(field);

    internal override SubtaskAccess<List<T>> OpenOperatorList<T>(StateField field, Redistribution redistribution) =>
        Subtasks(field).OpenList<T>(field, redistribution);

    private SubtaskStates Subtasks(StateField field) => subtasks ?? throw new NotSupportedException(
        $"The state '{field.Name}' is of no key, but the process of a window has such of keys and windows only. Keep it in a "
            + "KeyedProcess or BroadcastProcess.");

    private static int PlaceOf(Schema then, SchemaMember member)
    {
        foreach (var name in (IEnumerable<string>)[member.Name, .. member.FormerNames])
        {
            for (var i = 0; i < then.Members.Count; i++)
            {
                if (then.Members[i].Name == name)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    // A table whose values expire: cleaned up by whom the user said.
    private TableAccess<TKey, T> Aging<T>(
        StateField field, Expiry expiry, Codec<T> values, Func<T> create, Func<long, EntryKept<T>> kept)
    {
        var (access, keyed) = Open(
            field, values, create, expiry.IsCleanedBy(StateCleanUp.Snapshots) ? () => kept(scope.Now) : null, expiry);
        if (expiry.IsCleanedBy(StateCleanUp.Background))
        {
            _sweeps.Add(new TableSweep<TKey, T>(keyed, key => KeyHash.Of(keys, key, seed), kept));
        }

        return access;
    }

    private (TableAccess<TKey, T> Access, KeyTable<TKey, T> Keys) Open<T>(
        StateField field, Codec<T> values, Func<T>? create, Func<EntryKept<T>>? kept, Expiry? expiry = null)
    {
        if (field.Scope != of)
        {
            throw new NotSupportedException(
                $"The state '{field.Name}' is one of each key and window, but there are no windows here, or such that merge. Make it a "
                    + "state of each key, or use it in the WindowProcess of windows that do not merge.");
        }

        var codecs = new EntryCodecs<TKey, NoNamespace, T>(keys, NoNamespace.Codec, values)
        {
            Kept = kept,
            Lifetime = kept is null ? null : new EntryLifetime(expiry!.Micros, () => scope.Now),
        };
        var table = backend.Open(codecs, new StateKeys<TKey, T>(keys, seed, create), seed);
        table.Name = field.Name;
        var member = new SchemaMember(field.Name, values.Schema)
        {
            FormerNames = field.FormerNames,

            // An entry that was not written is not there: nobody asks for the bytes of its default.
            Default = static () => default,
        };
        _states.Add((member, table, ReadAs));
        var keyed = table.Open(default);
        var access = new TableAccess<TKey, T>(field.Name, scope, keyed);
        _removals.Add(() => access.Remove());
        _prefetches.Add(Prefetch);
        return (access, keyed);

        // Whether it is of use; and the deed, if there are keys.
        bool Prefetch(KeysAhead<TKey>? ahead)
        {
            if (ahead is not null && keyed.Prefetches)
            {
                keyed.Prefetch(ahead.Keys, ahead.Hashes);
            }

            return keyed.Prefetches;
        }

        KeyedPart ReadAs(Codec<TKey> written, Schema? then)
        {
            table.ReadAs(codecs with { Keys = written, Values = then is null ? values : StoredForms.Reading(then, member, values) });
            return table;
        }
    }
}
