namespace Weir.Runtime.Savepoints;

/// <summary>Reads values by their schema, without their types.</summary>
/// <param name="schema">The form that they were written in.</param>
internal sealed class SchemaReading(Schema schema)
{
    private readonly Dictionary<string, Schema> _given = new(StringComparer.Ordinal);

    /// <summary>Reads one value.</summary>
    public object? Read(ref MessagePackReader reader) => Read(ref reader, schema);

    private object? Read(ref MessagePackReader reader, Schema form)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        switch (form.Kind)
        {
            case SchemaKind.Object or SchemaKind.Accumulator:
                _given[form.Name] = form;
                return Members(ref reader, form);
            case SchemaKind.Reference:
                return _given.TryGetValue(form.Name, out var given) ? Read(ref reader, given) : Plain(ref reader);
            case SchemaKind.Nullable:
                return Read(ref reader, form.Members[0].Schema);
            case SchemaKind.List or SchemaKind.Set:
                return Items(ref reader, form.Members[0].Schema);
            case SchemaKind.Map:
                return Pairs(ref reader, form.Members[0].Schema, form.Members[1].Schema);
            case SchemaKind.Aged:
                var updated = Stamps.Read(ref reader, form);
                return new SavepointItem<object?>(Read(ref reader, form.Members[1].Schema), updated);
            case SchemaKind.Hierarchy:
                return Case(ref reader, form);
            default:
                return Plain(ref reader);
        }
    }

    private Dictionary<string, object?> Members(ref MessagePackReader reader, Schema form)
    {
        reader.ReadArrayOf(form.Members.Count);
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in form.Members)
        {
            members[member.Name] = Read(ref reader, member.Schema);
        }

        return members;
    }

    private List<object?> Items(ref MessagePackReader reader, Schema item)
    {
        var items = new List<object?>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            items.Add(Read(ref reader, item));
        }

        return items;
    }

    private List<KeyValuePair<object?, object?>> Pairs(ref MessagePackReader reader, Schema key, Schema value)
    {
        var pairs = new List<KeyValuePair<object?, object?>>();
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            var first = Read(ref reader, key);
            pairs.Add(new(first, Read(ref reader, value)));
        }

        return pairs;
    }

    // Of a hierarchy: the name of the type, and its members.
    private KeyValuePair<object?, object?> Case(ref MessagePackReader reader, Schema form)
    {
        reader.ReadArrayOf(2);
        var name = reader.ReadString();
        var type = form.Members.FirstOrDefault(member => member.Name == name)?.Schema;
        return new(name, type is null ? Plain(ref reader) : Read(ref reader, type));
    }

    private static object? Plain(ref MessagePackReader reader)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                return null;
            case MessagePackType.Boolean:
                return reader.ReadBoolean();
            case MessagePackType.Integer:
                return reader.NextCode == MessagePackCode.UInt64 ? reader.ReadUInt64() : reader.ReadInt64();
            case MessagePackType.Float:
                return reader.ReadDouble();
            case MessagePackType.String:
                return reader.ReadString();
            case MessagePackType.Array:
                var items = new List<object?>();
                for (var left = reader.ReadArrayHeader(); left > 0; left--)
                {
                    items.Add(Plain(ref reader));
                }

                return items;
            case MessagePackType.Map:
                var pairs = new List<KeyValuePair<object?, object?>>();
                for (var left = reader.ReadMapHeader(); left > 0; left--)
                {
                    var key = Plain(ref reader);
                    pairs.Add(new(key, Plain(ref reader)));
                }

                return pairs;
            default:
                var raw = reader.ReadRaw();
                var bytes = new byte[raw.Length];
                System.Buffers.BuffersExtensions.CopyTo(raw, bytes);
                return bytes;
        }
    }
}
