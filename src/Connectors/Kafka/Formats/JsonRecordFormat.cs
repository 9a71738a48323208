using System.Buffers;
using System.Text.Json;
using Weir.Runtime.Files.JsonLines;

namespace Weir.KafkaLog.Formats;

/// <summary>JSON by the reader and writer that the generator has made.</summary>
internal sealed class JsonRecordFormat<T> : IRecordFormat<T>
{
    // One a thread: a writer holds buffers.
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

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
        var writer = _writer;
        if (writer is null)
        {
            _writer = writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        }
        else
        {
            writer.Reset(output);
        }

        _format.Write(writer, value);
        writer.Flush();
    }
}
