using System.Buffers;
using System.Collections.Immutable;
using Weir.Runtime.State;
using Weir.Runtime.State.Handles;
using Weir.Runtime.State.Timers;

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
    private const int EventTimers = 0;
    private const int ProcessingTimers = 1;
    private const int FirstState = 2;

    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();
    private readonly int _keyGroupCount;
    private readonly List<SchemaMember> _states = [];
    private readonly SortedDictionary<(int KeyGroup, int Part), ArrayBufferWriter<byte>> _entries = [];
    private readonly HashSet<(int Part, string Entry)> _written = [];

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
    /// <param name="updated">When it was updated last, for a state that expires: its time to live counts from there. Null if it does not.
    /// </param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentException">The key has one already, or the state has another type.</exception>
    public SavepointProcess<TKey> Value<T>(string state, TKey key, T value, DateTimeOffset? updated = null) => updated is { } time
        ? Add(state, key, AgedOf<T>(), new Aged<T>(EventTime.Of(time), value))
        : Add(state, key, Codecs.Of<T>(), value);

    /// <summary>Gives a key its value in a <c>ReducingState</c>: what all that was added is folded into.</summary>
    /// <typeparam name="T">The value's type, as in the process.</typeparam>
    /// <param name="state">The name of the state: its field, or what <c>Named</c> says.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="updated">When it was updated last, for a state that expires; null if it does not.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentException">The key has one already, or the state has another type.</exception>
    public SavepointProcess<TKey> Reducing<T>(string state, TKey key, T value, DateTimeOffset? updated = null) =>
        Value(state, key, value, updated);

    /// <summary>Gives a key its accumulator in an <c>AggregatingState</c>.</summary>
    /// <typeparam name="TAcc">The accumulator's type, as in the process.</typeparam>
    /// <param name="state">The name of the state: its field, or what <c>Named</c> says.</param>
    /// <param name="key">The key.</param>
    /// <param name="accumulator">The accumulator.</param>
    /// <param name="updated">When it was updated last, for a state that expires; null if it does not.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentException">The key has one already, or the state has another type.</exception>
    public SavepointProcess<TKey> Aggregating<TAcc>(string state, TKey key, TAcc accumulator, DateTimeOffset? updated = null) =>
        Value(state, key, accumulator, updated);

    /// <summary>Sets a timer of event time for a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="time">Its time.</param>
    /// <param name="name">Its name, as in the process; empty for one without.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentException">The key has this timer already.</exception>
    public SavepointProcess<TKey> EventTimer(TKey key, DateTimeOffset time, string name = "") => AddTimer(EventTimers, key, time, name);

    /// <summary>Sets a timer of processing time for a key. One whose time has passed fires at the start.</summary>
    /// <param name="key">The key.</param>
    /// <param name="time">Its time.</param>
    /// <param name="name">Its name, as in the process; empty for one without.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentException">The key has this timer already.</exception>
    public SavepointProcess<TKey> ProcessingTimer(TKey key, DateTimeOffset time, string name = "") =>
        AddTimer(ProcessingTimers, key, time, name);

    /// <summary>Gives a key its list in a <c>ListState</c>.</summary>
    /// <typeparam name="T">The type of items, as in the process.</typeparam>
    /// <param name="state">The name of the state: its field, or what <c>Named</c> says.</param>
    /// <param name="key">The key.</param>
    /// <param name="items">The items, in order.</param>
    /// <param name="updated">When all of them were updated last, for a state that expires; null if it does not.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentException">The key has one already, or the state has another type.</exception>
    public SavepointProcess<TKey> List<T>(string state, TKey key, IEnumerable<T> items, DateTimeOffset? updated = null) =>
        updated is { } time
            ? Add(state, key, new ItemsCodec<Aged<T>>(AgedOf<T>()), [.. items.Select(item => new Aged<T>(EventTime.Of(time), item))])
            : Add(state, key, new ItemsCodec<T>(Codecs.Of<T>()), [.. items]);

    /// <summary>Gives a key its map in a <c>MapState</c>.</summary>
    /// <typeparam name="TMapKey">The keys of the map, as in the process.</typeparam>
    /// <typeparam name="TValue">The values of the map, as in the process.</typeparam>
    /// <param name="state">The name of the state: its field, or what <c>Named</c> says.</param>
    /// <param name="key">The key.</param>
    /// <param name="entries">The entries, in order.</param>
    /// <param name="updated">When all of them were updated last, for a state that expires; null if it does not.</param>
    /// <returns>The same.</returns>
    /// <exception cref="ArgumentException">The key has one already, or the state has another type.</exception>
    public SavepointProcess<TKey> Map<TMapKey, TValue>(
        string state, TKey key, IEnumerable<KeyValuePair<TMapKey, TValue>> entries, DateTimeOffset? updated = null)
        where TMapKey : notnull
    {
        ArgumentNullException.ThrowIfNull(entries);
        return updated is { } time
            ? AddMap(state, key, AgedOf<TValue>(), entries.Select(entry =>
                new KeyValuePair<TMapKey, Aged<TValue>>(entry.Key, new Aged<TValue>(EventTime.Of(time), entry.Value))))
            : AddMap(state, key, Codecs.Of<TValue>(), entries);
    }

    internal override IEnumerable<KeyGroupState> Encode() =>
        _entries.Select(entry => new KeyGroupState(entry.Key.KeyGroup, entry.Value.WrittenMemory));

    // Nobody reads with it, who would need to know the time.
    private static AgedCodec<T> AgedOf<T>() => new(Codecs.Of<T>(), static () => 0);

    private SavepointProcess<TKey> AddMap<TMapKey, TValue>(
        string state, TKey key, Codec<TValue> values, IEnumerable<KeyValuePair<TMapKey, TValue>> entries)
        where TMapKey : notnull
    {
        var codec = Codecs.Of<TMapKey>();
        var comparer = new MapKeys<TMapKey>(codec, KeySeed.Fixed);
        var map = new InsertionMap<TMapKey, TValue>(comparer);
        foreach (var (mapKey, value) in entries)
        {
            map[mapKey] = value;
        }

        return Add(state, key, new EntriesCodec<TMapKey, TValue>(codec, values, comparer), map);
    }

    private SavepointProcess<TKey> AddTimer(int queue, TKey key, DateTimeOffset time, string name)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(name);
        var timer = new Timer<TKey, string>(key, name, EventTime.Of(time));
        var codec = new TimerCodec<TKey, string>(_keys, Codecs.Of<string>());
        if (!_written.Add((queue, Convert.ToHexString(codec.Encode(timer).Span))))
        {
            throw new ArgumentException($"The key '{key}' of operator '{Id}' has the timer '{name}' at {time:O} already.");
        }

        var writer = Begin(key, queue);
        codec.Write(ref writer, timer);
        writer.Flush();
        return this;
    }

    private SavepointProcess<TKey> Add<T>(string state, TKey key, Codec<T> codec, T value)
    {
        ArgumentException.ThrowIfNullOrEmpty(state);
        ArgumentNullException.ThrowIfNull(key);
        var place = PlaceOf(state, codec.Schema);
        if (!_written.Add((place, Convert.ToHexString(_keys.Encode(key).Span))))
        {
            throw new ArgumentException($"The state '{state}' of operator '{Id}' has a value for the key '{key}' already.");
        }

        var writer = Begin(key, place);
        _keys.Write(ref writer, key);
        codec.Write(ref writer, value);
        writer.Flush();
        return this;
    }

    // Where the next entry of a key is written. What is written of a part begins with its number, but for the first part.
    private MessagePackWriter Begin(TKey key, int part)
    {
        var group = KeyGroups.Of(_keys.StableHash(key), _keyGroupCount);
        if (!_entries.TryGetValue((group, part), out var entries))
        {
            _entries[(group, part)] = entries = new ArrayBufferWriter<byte>();
        }

        var writer = new MessagePackWriter(entries);
        if (entries.WrittenCount == 0 && part > 0)
        {
            writer.WriteNil();
            writer.Write(part);
        }

        return writer;
    }

    private int PlaceOf(string state, Schema schema)
    {
        var place = _states.FindIndex(member => member.Name == state);
        if (place < 0)
        {
            _states.Add(new SchemaMember(state, schema));
            return FirstState + _states.Count - 1;
        }

        return _states[place].Schema == schema ? FirstState + place
            : throw new ArgumentException($"The state '{state}' of operator '{Id}' is a {_states[place].Schema}, and no {schema}.");
    }

    private PartForm Timers(string name) => new(name, PartKind.Timers, Codecs.Of<string>().Schema, _keys.Schema, PartForm.Nothing);
}
