using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Weir.KafkaLog.Formats;

/// <summary>JSON as a <see cref="JsonTypeInfo{T}"/> says, of a context that System.Text.Json has generated.</summary>
internal sealed class JsonTypeFormat<T>(JsonTypeInfo<T> type) : IRecordFormat<T>
{
    public T Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? (typeof(T).IsValueType
                ? default! : throw new FormatException("it is null in JSON, which is no record"));
        }
        catch (JsonException failure)
        {
            throw new FormatException($"it is no {typeof(T).Name} in JSON: {failure.Message.TrimEnd('.')}", failure);
        }
    }

    public void Write(in T value, IBufferWriter<byte> output)
    {
        var writer = JsonWriterOfThread.To(output);
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
    }
}
