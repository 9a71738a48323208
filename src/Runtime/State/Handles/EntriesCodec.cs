namespace Weir.Runtime.State.Handles;

/// <summary>The map of a key, in the order in which its keys came.</summary>
internal sealed class EntriesCodec<TKey, TValue>(Codec<TKey> keys, Codec<TValue> values, IEqualityComparer<TKey> comparer)
    : Codec<InsertionMap<TKey, TValue>>
    where TKey : notnull
{
    public override Schema Schema =>
        new("map", [new SchemaMember("key", keys.Schema), new SchemaMember("value", values.Schema)]) { Kind = SchemaKind.Map };

    public override void Write(ref MessagePackWriter writer, in InsertionMap<TKey, TValue> value)
    {
        writer.WriteMapHeader(value.Count);
        foreach (var (key, item) in value)
        {
            keys.Write(ref writer, key);
            values.Write(ref writer, item);
        }
    }

    public override InsertionMap<TKey, TValue> Read(ref MessagePackReader reader)
    {
        var count = reader.ReadMapHeader();
        var map = new InsertionMap<TKey, TValue>(comparer);
        for (var i = 0; i < count; i++)
        {
            var key = keys.Read(ref reader);
            if (key is null || map.TryGetValue(key, out _))
            {
                throw new InvalidDataException($"Key '{key}' of a map is null or stands there twice, before byte {reader.Consumed}.");
            }

            map[key] = values.Read(ref reader);
        }

        return map;
    }
}
