using System.Text.Json;
using Weir.Runtime.Files.Reading;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>Makes records of JSON objects, one a line.</summary>
/// <typeparam name="T">The records.</typeparam>
internal readonly struct JsonLineFormat<T>(JsonFormat<T> format) : ILineFormat<T>
{
    public bool HasHeader => false;

    public bool JoinsQuoted => false;

    public void ReadHeader(Span<byte> line)
    {
    }

    public T ReadRecord(Span<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read())
            {
                throw new FormatException("it holds no JSON value");
            }

            var record = format.Read(ref reader);
            return reader.Read() ? throw new FormatException("it holds more than one JSON value") : record;
        }
        catch (JsonException error)
        {
            throw new FormatException($"it is not JSON: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            // What Utf8JsonReader throws when a value is of another kind.
            throw new FormatException($"a value is of the wrong kind: {error.Message}", error);
        }
    }
}
