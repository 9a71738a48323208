namespace Weir.Wire;

/// <summary>
/// Dictionaries as a map in order of the keys' bytes, so that equal ones have equal bytes; null as nil. A comparer is not kept: with
/// another than the default one they are refused.
/// </summary>
/// <typeparam name="TMap">The dictionary.</typeparam>
/// <typeparam name="TKey">Its keys.</typeparam>
/// <typeparam name="TValue">Its values.</typeparam>
/// <param name="make">Makes the dictionary of one that is nobody else's.</param>
public sealed class MapCodec<TMap, TKey, TValue>(Func<Dictionary<TKey, TValue>, TMap> make) : Codec<TMap>
    where TMap : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    /// <inheritdoc/>
    public override Schema Schema =>
        new("map", [new("key", Codecs.Of<TKey>().Schema), new("value", Codecs.Of<TValue>().Schema)]) { Kind = SchemaKind.Map };

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, in TMap value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        ExactCollection.Check(value);
        Comparers.CheckMap<TKey, TValue>(value, isSorted: !typeof(TMap).IsInterface);
        var keys = Codecs.Of<TKey>();
        var values = Codecs.Of<TValue>();
        var entries = new SortedEntries();
        foreach (var (key, item) in value)
        {
            entries.AddKey(keys, key);
            entries.AddValue(values, item);
        }

        writer.WriteMapHeader(entries.Count);
        entries.CopyTo(ref writer);
    }

    /// <inheritdoc/>
    public override TMap Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return default!;
        }

        var count = reader.ReadMapHeader();
        var keys = Codecs.Of<TKey>();
        var values = Codecs.Of<TValue>();
        var entries = new Dictionary<TKey, TValue>(count);
        for (var i = 0; i < count; i++)
        {
            var key = keys.Read(ref reader);
            if (key is null || !entries.TryAdd(key, values.Read(ref reader)))
            {
                throw new InvalidDataException(
                    $"Key '{key}' of a map of {typeof(TKey)} is null or stands there twice, before byte {reader.Consumed}.");
            }
        }

        return make(entries);
    }
}
