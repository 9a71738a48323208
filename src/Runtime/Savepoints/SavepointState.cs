using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.State;

namespace Weir.Runtime.Savepoints;

/// <summary>A state by key in a savepoint: its entries, typed or by their schemas. Read a piece at a time.</summary>
public sealed class SavepointState
{
    private readonly ManifestOperator _operator;
    private readonly PartForm _form;
    private readonly ImmutableArray<OperatorState> _subtasks;

    internal SavepointState(ManifestOperator stateful, PartForm form, ImmutableArray<OperatorState> subtasks)
    {
        _operator = stateful;
        _form = form;
        _subtasks = subtasks;
    }

    /// <summary>Reads an entry behind its namespace; an iterator cannot have a reader that lives on the stack.</summary>
    private delegate SavepointEntry<TKey, TValue> EntryReader<TKey, TValue>(ref MessagePackReader reader);

    private delegate T ValueReader<T>(ref MessagePackReader reader);

    /// <summary>Gets its name.</summary>
    public string Name => _form.Name;

    /// <summary>Gets how its entries lie; those of an opaque one cannot be read.</summary>
    public PartKind Kind => _form.Kind;

    /// <summary>Gets the form of its keys.</summary>
    public Schema KeySchema => _form.Key;

    /// <summary>Gets the form of its namespaces; null if it has one only.</summary>
    public Schema? NamespaceSchema => _form.HasNoNamespace ? null : _form.Namespace;

    /// <summary>Gets whether its values expire, or the items of its lists and maps do.</summary>
    public bool HasTtl => ValueSchema is { } form
        && (form.Kind == SchemaKind.Aged
            || (form.Kind is SchemaKind.List or SchemaKind.Map && form.Members[^1].Schema.Kind == SchemaKind.Aged));

    /// <summary>Gets the form of its values; null for timers.</summary>
    public Schema? ValueSchema => Kind == PartKind.Values ? _form.Value : null;

    /// <summary>
    /// Reads all entries without the types at hand: numbers, text and bytes as .NET has them, a type with members as a dictionary by their
    /// names, lists as lists, maps as lists of pairs; an item of a list or map that expires as a <see cref="SavepointItem{T}"/>.
    /// </summary>
    /// <returns>The entries, in order of key groups.</returns>
    /// <exception cref="NotSupportedException">It is opaque.</exception>
    public IEnumerable<SavepointEntry<object?, object?>> Read()
    {
        var keys = new SchemaReading(_form.Key);
        if (Kind == PartKind.Timers)
        {
            return Entries((ref MessagePackReader reader) => new SavepointEntry<object?, object?>(keys.Read(ref reader), null));
        }

        var values = new SchemaReading(Stamps.Inner(_form.Value));
        return Entries((ref MessagePackReader reader) => Stamped(keys.Read(ref reader), ref reader, values.Read));
    }

    /// <summary>Reads all entries. What was written in an older form of the types is resolved as at a restore.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TValue">The value; anything for timers, which have none.</typeparam>
    /// <returns>The entries, in order of key groups.</returns>
    /// <exception cref="InvalidDataException">The types are not those that were written.</exception>
    /// <exception cref="NotSupportedException">It is opaque.</exception>
    public IEnumerable<SavepointEntry<TKey, TValue>> Read<TKey, TValue>()
    {
        var keys = Keys<TKey>();
        if (Kind == PartKind.Timers)
        {
            return Entries((ref MessagePackReader reader) => new SavepointEntry<TKey, TValue>(keys.Read(ref reader), default!));
        }

        var values = Reading<TValue>(Stamps.Inner(_form.Value));
        return Entries((ref MessagePackReader reader) => Stamped(keys.Read(ref reader), ref reader, values.Read));
    }

    /// <summary>Reads the lists of a <c>ListState</c>, each item with the time of its last update if it expires.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="T">The items.</typeparam>
    /// <returns>The entries, in order of key groups.</returns>
    /// <exception cref="InvalidDataException">The types are not those that were written, or it holds no lists.</exception>
    public IEnumerable<SavepointEntry<TKey, IReadOnlyList<SavepointItem<T>>>> ReadList<TKey, T>()
    {
        var item = Of(SchemaKind.List).Members[0].Schema;
        var (keys, items) = (Keys<TKey>(), Reading<T>(Stamps.Inner(item)));
        return Entries((ref MessagePackReader reader) =>
        {
            var key = keys.Read(ref reader);
            var list = new List<SavepointItem<T>>();
            for (var left = reader.ReadArrayHeader(); left > 0; left--)
            {
                var updated = Stamps.Read(ref reader, item);
                list.Add(new(items.Read(ref reader), updated));
            }

            return new SavepointEntry<TKey, IReadOnlyList<SavepointItem<T>>>(key, list);
        });
    }

    /// <summary>Reads the maps of a <c>MapState</c>, each value with the time of its last update if it expires.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TMapKey">The keys of the maps.</typeparam>
    /// <typeparam name="TValue">The values of the maps.</typeparam>
    /// <returns>The entries, in order of key groups; those of a map in the order in which its keys came.</returns>
    /// <exception cref="InvalidDataException">The types are not those that were written, or it holds no maps.</exception>
    public IEnumerable<SavepointEntry<TKey, IReadOnlyList<KeyValuePair<TMapKey, SavepointItem<TValue>>>>> ReadMap<TKey, TMapKey, TValue>()
    {
        var form = Of(SchemaKind.Map);
        var value = form.Members[1].Schema;
        var (keys, mapKeys, values) = (Keys<TKey>(), Reading<TMapKey>(form.Members[0].Schema), Reading<TValue>(Stamps.Inner(value)));
        return Entries((ref MessagePackReader reader) =>
        {
            var key = keys.Read(ref reader);
            var map = new List<KeyValuePair<TMapKey, SavepointItem<TValue>>>();
            for (var left = reader.ReadMapHeader(); left > 0; left--)
            {
                var mapKey = mapKeys.Read(ref reader);
                var updated = Stamps.Read(ref reader, value);
                map.Add(new(mapKey, new(values.Read(ref reader), updated)));
            }

            return new SavepointEntry<TKey, IReadOnlyList<KeyValuePair<TMapKey, SavepointItem<TValue>>>>(key, map);
        });
    }

    private Schema Of(SchemaKind kind) => Kind == PartKind.Values && _form.Value.Kind == kind
        ? _form.Value
        : throw new InvalidDataException($"The state '{Name}' of operator '{_operator.Id}' is {_form.Value}, and no {kind}.");

    private Codec<T> Keys<T>() =>
        StoredForms.Reading(_form.Key, new SchemaMember(StoredForms.Key, Codecs.Of<T>().Schema), Codecs.Of<T>());

    private Codec<T> Reading<T>(Schema form) => StoredForms.Reading(form, new SchemaMember(Name, Codecs.Of<T>().Schema), Codecs.Of<T>());

    private SavepointEntry<TKey, TValue> Stamped<TKey, TValue>(TKey key, ref MessagePackReader reader, ValueReader<TValue> read)
    {
        var updated = Stamps.Read(ref reader, _form.Value);
        return new(key, read(ref reader)) { Updated = updated };
    }

    private IEnumerable<SavepointEntry<TKey, TValue>> Entries<TKey, TValue>(EntryReader<TKey, TValue> read)
    {
        if (Kind == PartKind.Opaque)
        {
            throw new NotSupportedException(
                $"Only the operator '{_operator.Id}' itself knows how its state '{Name}' lies in a savepoint: it cannot be read without.");
        }

        return _subtasks.SelectMany(subtask => subtask.KeyGroups).SelectMany(group => EntriesOf(group, read));
    }

    // A piece at a time: 256 KiB, and one entry more.
    private List<SavepointEntry<TKey, TValue>> EntriesOf<TKey, TValue>(KeyGroupState group, EntryReader<TKey, TValue> read)
    {
        var entries = new List<SavepointEntry<TKey, TValue>>();
        DamagedStateException.Guard(_operator.Id, $"key group {group.KeyGroup}", group.Entries, bytes =>
        {
            var reader = new MessagePackReader(bytes);
            var namespaces = new SchemaReading(_form.Namespace);
            var part = 0;
            while (!reader.End)
            {
                if (reader.TryReadNil())
                {
                    part = (int)reader.ReadBounded(part + 1, _operator.Parts.Length - 1);
                    continue;
                }

                var form = _operator.Parts[part];
                if (form.Kind == PartKind.Opaque)
                {
                    // Nothing behind it in this piece can be found. Operators have such a part last.
                    return;
                }

                if (!ReferenceEquals(form, _form))
                {
                    Skip(ref reader, form);
                    continue;
                }

                long? time = form.Kind == PartKind.Timers ? reader.ReadInt64() : null;
                var name = form.HasNoNamespace ? null : namespaces.Read(ref reader);
                entries.Add(read(ref reader) with
                {
                    Namespace = name,
                    Time = time is { } at ? new DateTimeOffset(EventTime.ToDateTime(at)) : null,
                });
            }
        });
        return entries;
    }

    private static void Skip(ref MessagePackReader reader, PartForm form)
    {
        // Key, and either time or value.
        for (var left = form.HasNoNamespace ? 2 : 3; left > 0; left--)
        {
            reader.Skip();
        }
    }
}
