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
internal sealed class StateTables<TKey>(
    KeyScope<TKey> scope, Codec<TKey> keys, StateBackend backend, KeySeed seed, StateScope of = StateScope.Key)
    : StateBinder
{
    // The name of their form in a checkpoint.
    private readonly string _name = of == StateScope.Key ? "state" : "window state";
    private readonly List<Action> _removals = [];

    private readonly List<(SchemaMember Member, KeyedPart Part, Func<Codec<TKey>, Schema?, KeyedPart> ReadAs)> _states = [];

    /// <summary>Gets the form of all states, by name.</summary>
    public SchemaMember Schema =>
        new(_name, new Schema(_name, [.. _states.Select(state => state.Member)]) { Kind = SchemaKind.Object });

    /// <summary>Gets what a checkpoint is made of, in order.</summary>
    public IEnumerable<KeyedPart> Parts => _states.Select(state => state.Part);

    /// <summary>Forgets all states of the current key.</summary>
    public void RemoveAll()
    {
        foreach (var remove in _removals)
        {
            remove();
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

    internal override StateAccess<T> Open<T>(StateField field) => Open(field, Codecs.Of<T>(), null);

    internal override StateAccess<List<T>> OpenList<T>(StateField field) => Open(field, new ItemsCodec<T>(Codecs.Of<T>()), static () => []);

    internal override StateAccess<InsertionMap<TMapKey, TValue>> OpenMap<TMapKey, TValue>(StateField field)
    {
        var codec = Codecs.Of<TMapKey>();
        var comparer = new MapKeys<TMapKey>(codec, seed);
        return Open(
            field,
            new EntriesCodec<TMapKey, TValue>(codec, Codecs.Of<TValue>(), comparer),
            () => new InsertionMap<TMapKey, TValue>(comparer));
    }

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

    private TableAccess<TKey, T> Open<T>(StateField field, Codec<T> values, Func<T>? create)
    {
        if (field.Scope != of)
        {
            throw new NotSupportedException(
                $"The state '{field.Name}' is one of each key and window, but there are no windows here, or such that merge. Make it a "
                    + "state of each key, or use it in the WindowProcess of windows that do not merge.");
        }

        var codecs = new EntryCodecs<TKey, NoNamespace, T>(keys, NoNamespace.Codec, values);
        var table = backend.Open(codecs, new StateKeys<TKey, T>(keys, seed, create), seed);
        var member = new SchemaMember(field.Name, values.Schema)
        {
            FormerNames = field.FormerNames,

            // An entry that was not written is not there: nobody asks for the bytes of its default.
            Default = static () => default,
        };
        _states.Add((member, table, ReadAs));
        var access = new TableAccess<TKey, T>(field.Name, scope, table.Open(default));
        _removals.Add(() => access.Remove());
        return access;

        KeyedPart ReadAs(Codec<TKey> written, Schema? then)
        {
            table.ReadAs(codecs with { Keys = written, Values = then is null ? values : StoredForms.Reading(then, member, values) });
            return table;
        }
    }
}
