using System.Collections.Immutable;
using System.Text.Json;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>Arrays, lists and sets as a JSON array.</summary>
/// <typeparam name="TSequence">The collection.</typeparam>
/// <typeparam name="TItem">Its items.</typeparam>
/// <param name="make">Makes the collection of items that are nobody else's.</param>
public sealed class JsonSequenceFormat<TSequence, TItem>(Func<TItem[], TSequence> make) : JsonFormat<TSequence>
    where TSequence : IEnumerable<TItem>
{
    /// <inheritdoc/>
    public override TSequence Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new FormatException($"{JsonValueReader.Found(ref reader)} stands where an array should");
        }

        var format = JsonFormats.Of<TItem>();
        var items = new List<TItem>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(reader.TokenType == JsonTokenType.Null && default(TItem) is null ? default! : format.Read(ref reader));
        }

        return make([.. items]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, in TSequence value)
    {
        if (value is null or ImmutableArray<TItem> { IsDefault: true })
        {
            writer.WriteNullValue();
            return;
        }

        var format = JsonFormats.Of<TItem>();
        writer.WriteStartArray();
        foreach (var item in value)
        {
            if (item is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                format.Write(writer, item);
            }
        }

        writer.WriteEndArray();
    }
}

/// <summary>Dictionaries with text keys as a JSON object, in order of their keys, so that a replay writes the same line.</summary>
/// <typeparam name="TMap">The dictionary.</typeparam>
/// <typeparam name="TValue">Its values.</typeparam>
/// <param name="make">Makes the dictionary of one that is nobody else's.</param>
public sealed class JsonMapFormat<TMap, TValue>(Func<Dictionary<string, TValue>, TMap> make) : JsonFormat<TMap>
    where TMap : IEnumerable<KeyValuePair<string, TValue>>
{
    /// <inheritdoc/>
    public override TMap Read(ref Utf8JsonReader reader)
    {
        JsonValueReader.StartObject(ref reader, "a dictionary");
        var format = JsonFormats.Of<TValue>();
        var entries = new Dictionary<string, TValue>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = JsonProperties.Name(ref reader);
            reader.Read();
            var value = reader.TokenType == JsonTokenType.Null && default(TValue) is null ? default! : format.Read(ref reader);
            if (!entries.TryAdd(key, value))
            {
                throw JsonValueReader.Duplicate("a dictionary", key);
            }
        }

        return make(entries);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, in TMap value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        var format = JsonFormats.Of<TValue>();
        writer.WriteStartObject();
        foreach (var (key, item) in value.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(key);
            if (item is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                format.Write(writer, item);
            }
        }

        writer.WriteEndObject();
    }
}

/// <summary>Values that may be missing where they have no property of their own; then null.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class JsonNullableFormat<T> : JsonFormat<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader) => JsonValueReader.IsNull(ref reader) ? null : JsonFormats.Of<T>().Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, in T? value)
    {
        if (value is { } present)
        {
            JsonFormats.Of<T>().Write(writer, present);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
