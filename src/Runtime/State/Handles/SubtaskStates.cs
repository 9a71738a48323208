namespace Weir.Runtime.State.Handles;

/// <summary>The states that a subtask keeps whatever the key: maps that all subtasks hold alike, lists that are dealt out.</summary>
/// <remarks>
/// They lie in memory, and are written in full at each barrier: a map as one item, a list as an item each. They are found by their names,
/// as states of keys are.
/// </remarks>
/// <param name="check">Refuses whoever is in no call, or on another thread; is told what he uses.</param>
/// <param name="seed">Spreads keys.</param>
internal sealed class SubtaskStates(Action<string> check, KeySeed seed)
{
    private readonly List<Held> _states = [];

    /// <summary>Gets the form of all states, by name; none if there is no state.</summary>
    public IEnumerable<SchemaMember> Schemas => _states.Count == 0 ? [] :
    [
        new SchemaMember(
            StateNames.OfSubtasks,
            new Schema(StateNames.OfSubtasks, [.. _states.Select(state => state.Member)]) { Kind = SchemaKind.Object }),
    ];

    /// <summary>Writes all states as of now.</summary>
    public void Write(OperatorStateWriter writer) => _states.ForEach(state => state.Write(writer));

    /// <summary>Takes up what was dealt to this subtask. What a state had before another name is found by that.</summary>
    public void Restore(OperatorState state)
    {
        var then = state.Forms.Of(StateNames.OfSubtasks);
        foreach (var held in _states)
        {
            var name = held.NameIn(state);
            if (name is not null)
            {
                held.Restore(
                    [.. state.StateItems.Where(item => item.State == name).Select(item => item.Bytes)],
                    then?.Members.FirstOrDefault(member => member.Name == name)?.Schema);
            }
        }
    }

    /// <summary>Opens a map that all subtasks hold alike.</summary>
    public SubtaskAccess<InsertionMap<TKey, TValue>> OpenMap<TKey, TValue>(StateField field)
        where TKey : notnull
    {
        var keys = Codecs.Of<TKey>();
        var comparer = new MapKeys<TKey>(keys, seed);
        var map = new Map<TKey, TValue>(field, check, new EntriesCodec<TKey, TValue>(keys, Codecs.Of<TValue>(), comparer), new(comparer));
        _states.Add(map);
        return map.Access;
    }

    /// <summary>Opens a list that is dealt out.</summary>
    public SubtaskAccess<List<T>> OpenList<T>(StateField field, Redistribution redistribution)
    {
        var list = new Listed<T>(
            field, check, Codecs.Of<T>(), redistribution == Redistribution.Union ? ItemDealing.Union : ItemDealing.Split);
        _states.Add(list);
        return list.Access;
    }

    private abstract class Held(StateField field, Schema schema)
    {
        public SchemaMember Member { get; } = new(field.Name, schema)
        {
            FormerNames = field.FormerNames,

            // What was not written is empty: nobody asks for the bytes of its default.
            Default = static () => default,
        };

        public string? NameIn(OperatorState state) => ((IEnumerable<string>)[field.Name, .. field.FormerNames])
            .FirstOrDefault(name => state.StateItems.Any(item => item.State == name));

        public abstract void Write(OperatorStateWriter writer);

        public abstract void Restore(IReadOnlyList<ReadOnlyMemory<byte>> items, Schema? then);
    }

    private sealed class Map<TKey, TValue>(
        StateField field, Action<string> check, EntriesCodec<TKey, TValue> codec, InsertionMap<TKey, TValue> empty)
        : Held(field, codec.Schema)
        where TKey : notnull
    {
        public Holder<InsertionMap<TKey, TValue>> Access { get; } = new(field.Name, check, empty);

        public override void Write(OperatorStateWriter writer) =>
            writer.AddStateItem(Member.Name, ItemDealing.Copy, codec, Access.Held);

        public override void Restore(IReadOnlyList<ReadOnlyMemory<byte>> items, Schema? then) =>
            Access.Held = (then is null ? codec : StoredForms.Reading(then, Member, codec)).Decode(items[0]);
    }

    private sealed class Listed<T>(StateField field, Action<string> check, Codec<T> codec, ItemDealing dealing)
        : Held(field, new Schema("list", [new SchemaMember("item", codec.Schema)]) { Kind = SchemaKind.List })
    {
        public Holder<List<T>> Access { get; } = new(field.Name, check, []);

        public override void Write(OperatorStateWriter writer) =>
            Access.Held.ForEach(item => writer.AddStateItem(Member.Name, dealing, codec, item));

        public override void Restore(IReadOnlyList<ReadOnlyMemory<byte>> items, Schema? then)
        {
            var reading = then is null ? codec
                : StoredForms.Reading(then.Members[0].Schema, new SchemaMember(Member.Name, codec.Schema), codec);
            Access.Held.AddRange(items.Select(item => reading.Decode(item)));
        }
    }

    private sealed class Holder<T>(string name, Action<string> check, T held) : SubtaskAccess<T>
    {
        public override string Name => name;

        public T Held { get; set; } = held;

        public override T Value
        {
            get
            {
                check(name);
                return Held;
            }
        }
    }
}
