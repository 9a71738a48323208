using System.Buffers;
using System.Collections.Immutable;
using Weir.Runtime.State;
using Weir.Runtime.State.Handles;

namespace Weir.Runtime.Savepoints;

/// <summary>The states of one keyed process in a savepoint that is being written.</summary>
public abstract class SavepointProcess
{
    private protected SavepointProcess(string id) => Id = id;

    /// <summary>Gets the operator's id.</summary>
    public string Id { get; }

    internal abstract ImmutableArray<SchemaMember> Schemas { get; }

    internal abstract ImmutableArray<PartForm> Parts { get; }

    internal abstract IEnumerable<KeyGroupState> Encode();
}

/// <summary>The states of one keyed process in a savepoint that is being written.</summary>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class SavepointProcess<TKey> : SavepointProcess
    where TKey : notnull
{
    // As the operator has them: two queues of timers stand before the states.
    private const int FirstState = 2;

    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();
    private readonly int _keyGroupCount;
    private readonly List<SchemaMember> _states = [];
    private readonly SortedDictionary<(int KeyGroup, int State), ArrayBufferWriter<byte>> _entries = [];
    private readonly HashSet<(int State, string Key)> _written = [];

    internal SavepointProcess(string id, int keyGroupCount)
        : base(id) => _keyGroupCount = keyGroupCount;

    internal override ImmutableArray<SchemaMember> Schemas =>
        [new(StoredForms.Key, _keys.Schema), new("state", new Schema("state", [.. _states]) { Kind = SchemaKind.Object })];

    internal override ImmutableArray<PartForm> Parts =>
    [
        Timers("event timers"),
        Timers("processing timers"),
        .. _states.Select(state => new PartForm(state.Name, PartKind.Values, PartForm.Nothing, _keys.Schema, state.Schema)),
    ];

    /// <summary>Gives a key its value in a <c>ValueState</c>.</summary>
    /// <typeparam name="T">The value's type, as in the process.</typeparam>
    /// <param name="state">The name of the state: its field, or what <c>Named</c> says.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentException">The key has one already, or the state has another type.</exception>
    public SavepointProcess<TKey> Value<T>(string state, TKey key, T value) => Add(state, key, Codecs.Of<T>(), value);

    /// <summary>Gives a key its list in a <c>ListState</c>.</summary>
    /// <typeparam name="T">The type of items, as in the process.</typeparam>
    /// <param name="state">The name of the state: its field, or what <c>Named</c> says.</param>
    /// <param name="key">The key.</param>
    /// <param name="items">The items, in order.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentException">The key has one already, or the state has another type.</exception>
    public SavepointProcess<TKey> List<T>(string state, TKey key, IEnumerable<T> items) =>
        Add(state, key, new ItemsCodec<T>(Codecs.Of<T>()), [.. items]);

    /// <summary>Gives a key its map in a <c>MapState</c>.</summary>
    /// <typeparam name="TMapKey">The keys of the map, as in the process.</typeparam>
    /// <typeparam name="TValue">The values of the map, as in the process.</typeparam>
    /// <param name="state">The name of the state: its field, or what <c>Named</c> says.</param>
    /// <param name="key">The key.</param>
    /// <param name="entries">The entries, in order.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentException">The key has one already, or the state has another type.</exception>
    public SavepointProcess<TKey> Map<TMapKey, TValue>(string state, TKey key, IEnumerable<KeyValuePair<TMapKey, TValue>> entries)
        where TMapKey : notnull
    {
        ArgumentNullException.ThrowIfNull(entries);
        var codec = Codecs.Of<TMapKey>();
        var comparer = new MapKeys<TMapKey>(codec, KeySeed.Fixed);
        var map = new InsertionMap<TMapKey, TValue>(comparer);
        foreach (var (mapKey, value) in entries)
        {
            map[mapKey] = value;
        }

        return Add(state, key, new EntriesCodec<TMapKey, TValue>(codec, Codecs.Of<TValue>(), comparer), map);
    }

    internal override IEnumerable<KeyGroupState> Encode() =>
        _entries.Select(entry => new KeyGroupState(entry.Key.KeyGroup, entry.Value.WrittenMemory));

    private SavepointProcess<TKey> Add<T>(string state, TKey key, Codec<T> codec, T value)
    {
        ArgumentException.ThrowIfNullOrEmpty(state);
        ArgumentNullException.ThrowIfNull(key);
        var place = PlaceOf(state, codec.Schema);
        if (!_written.Add((place, Convert.ToHexString(_keys.Encode(key).Span))))
        {
            throw new ArgumentException($"The state '{state}' of operator '{Id}' has a value for the key '{key}' already.");
        }

        var group = KeyGroups.Of(_keys.StableHash(key), _keyGroupCount);
        if (!_entries.TryGetValue((group, place), out var entries))
        {
            _entries[(group, place)] = entries = new ArrayBufferWriter<byte>();
        }

        var writer = new MessagePackWriter(entries);
        if (entries.WrittenCount == 0)
        {
            writer.WriteNil();
            writer.Write(FirstState + place);
        }

        _keys.Write(ref writer, key);
        codec.Write(ref writer, value);
        writer.Flush();
        return this;
    }

    private int PlaceOf(string state, Schema schema)
    {
        var place = _states.FindIndex(member => member.Name == state);
        if (place < 0)
        {
            _states.Add(new SchemaMember(state, schema));
            return _states.Count - 1;
        }

        return _states[place].Schema == schema ? place
            : throw new ArgumentException($"The state '{state}' of operator '{Id}' is a {_states[place].Schema}, and no {schema}.");
    }

    private PartForm Timers(string name) => new(name, PartKind.Timers, Codecs.Of<string>().Schema, _keys.Schema, PartForm.Nothing);
}
