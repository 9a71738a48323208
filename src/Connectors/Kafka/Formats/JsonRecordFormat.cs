using System.Buffers;
using System.Text.Json;
using Weir.Runtime.Files.JsonLines;

namespace Weir.KafkaLog.Formats;

/// <summary>JSON by the reader and writer that the generator has made.</summary>
internal sealed class JsonRecordFormat<T> : IRecordFormat<T>
{
    private readonly JsonFormat<T> _format = JsonFormats.Of<T>();

    public T Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            if (!reader.Read())
            {
                throw new FormatException("it holds no JSON value");
            }

            var value = _format.Read(ref reader);
            return reader.Read() ? throw new FormatException("it holds more than one JSON value") : value;
        }
        catch (JsonException failure)
        {
            throw new FormatException($"it is not JSON: {failure.Message.TrimEnd('.')}", failure);
        }
        catch (InvalidOperationException failure)
        {
            throw new FormatException($"a value is of the wrong kind: {failure.Message.TrimEnd('.')}", failure);
        }
    }

    public void Write(in T value, IBufferWriter<byte> output)
    {
        var writer = JsonWriterOfThread.To(output);
        _format.Write(writer, value);
        writer.Flush();
    }
}
