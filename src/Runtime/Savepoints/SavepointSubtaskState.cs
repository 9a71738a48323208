using System.Collections.Immutable;
using Weir.Runtime.State;

namespace Weir.Runtime.Savepoints;

/// <summary>
/// A state of a process in a savepoint that is of no key: an <see cref="OperatorListState{T}"/>, or a <see cref="BroadcastState{TKey,
/// TValue}"/>.
/// </summary>
public sealed class SavepointSubtaskState
{
    private readonly string _operator;
    private readonly ImmutableArray<StateItem> _items;

    internal SavepointSubtaskState(string id, SchemaMember member, IEnumerable<OperatorState> subtasks)
    {
        _operator = id;
        Name = member.Name;
        Schema = member.Schema;
        _items = [.. subtasks.SelectMany(subtask => subtask.StateItems).Where(item => item.State == member.Name)];
    }

    /// <summary>Gets its name.</summary>
    public string Name { get; }

    /// <summary>Gets its form: that of a list, or of a map.</summary>
    public Schema Schema { get; }

    /// <summary>Gets whether it is a broadcast state: a map that all subtasks hold alike.</summary>
    public bool IsBroadcast => Schema.Kind == SchemaKind.Map;

    /// <summary>Gets who gets the items of a list after a restore; null for a broadcast state, and for a list without items.</summary>
    public Redistribution? Redistribution => IsBroadcast || _items.IsEmpty ? null
        : _items[0].Dealt == ItemDealing.Union ? Weir.Redistribution.Union : Weir.Redistribution.Split;

    /// <summary>
    /// Reads it without the types at hand: the items of a list, those of one subtask after the other; of a broadcast state the entries, as
    /// pairs.
    /// </summary>
    /// <returns>The items, in their form of <see cref="SavepointState.Read()"/>.</returns>
    public IReadOnlyList<object?> Read()
    {
        var reading = new SchemaReading(IsBroadcast ? Schema : Schema.Members[0].Schema);
        List<object?> items = [.. Items().Select(item => Read(item, bytes =>
        {
            var reader = new MessagePackReader(bytes);
            return reading.Read(ref reader);
        }))];
        return IsBroadcast ? [.. items.OfType<List<KeyValuePair<object?, object?>>>().SelectMany(map => map).Select(pair => (object?)pair)]
            : items;
    }

    /// <summary>Reads the items of a list. What was written in an older form of the type is resolved as at a restore.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <returns>The items, those of one subtask after the other.</returns>
    /// <exception cref="InvalidDataException">The type is not the one that was written.</exception>
    /// <exception cref="NotSupportedException">It is a broadcast state.</exception>
    public IReadOnlyList<T> ReadList<T>()
    {
        if (IsBroadcast)
        {
            throw new NotSupportedException($"The state '{Name}' of operator '{_operator}' is a broadcast state: use ReadMap.");
        }

        var codec = StoredForms.Reading(Schema.Members[0].Schema, new SchemaMember(Name, Codecs.Of<T>().Schema), Codecs.Of<T>());
        return [.. Items().Select(item => Read(item, codec.Decode))];
    }

    /// <summary>Reads the entries of a broadcast state, in the order in which their keys came.</summary>
    /// <typeparam name="TKey">The keys.</typeparam>
    /// <typeparam name="TValue">The values.</typeparam>
    /// <returns>The entries.</returns>
    /// <exception cref="InvalidDataException">The types are not those that were written.</exception>
    /// <exception cref="NotSupportedException">It is a list.</exception>
    public IReadOnlyList<KeyValuePair<TKey, TValue>> ReadMap<TKey, TValue>()
    {
        if (!IsBroadcast)
        {
            throw new NotSupportedException($"The state '{Name}' of operator '{_operator}' is a list: use ReadList.");
        }

        var keys = StoredForms.Reading(Schema.Members[0].Schema, new SchemaMember(Name, Codecs.Of<TKey>().Schema), Codecs.Of<TKey>());
        var values = StoredForms.Reading(
            Schema.Members[1].Schema, new SchemaMember(Name, Codecs.Of<TValue>().Schema), Codecs.Of<TValue>());
        return [.. Items().SelectMany(item => Read(item, bytes =>
        {
            var reader = new MessagePackReader(bytes);
            var entries = new List<KeyValuePair<TKey, TValue>>();
            for (var left = reader.ReadMapHeader(); left > 0; left--)
            {
                var key = keys.Read(ref reader);
                entries.Add(new(key, values.Read(ref reader)));
            }

            return entries;
        }))];
    }

    // Every subtask has the same map: one copy says all.
    private IEnumerable<StateItem> Items() => IsBroadcast ? _items.Take(1) : _items;

    private T Read<T>(StateItem item, Func<ReadOnlyMemory<byte>, T> read)
    {
        var result = default(T);
        DamagedStateException.Guard(_operator, $"the state '{Name}'", item.Bytes, bytes => result = read(bytes));
        return result!;
    }
}
