using System.Text.Json;
using Weir.Runtime.Files.Reading;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>Makes records of JSON objects, one a line.</summary>
/// <typeparam name="T">The records.</typeparam>
internal readonly struct JsonLineFormat<T>(JsonFormat<T> format) : ILineFormat<T>
{
    public bool HasHeader => false;

    public bool ReadsEmptyLines => false;

    public FieldScan? Fields => null;

    public int MostFields => int.MaxValue;

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
            throw new FormatException(
                line.Contains((byte)0) ? FieldErrors.Zeros
                : error.BytePositionInLine >= line.Length
                    ? "it is not JSON: the value does not end where the line ends; a line holds one whole object"
                : $"it is not JSON: {Plain(error.Message)}",
                error);
        }
        catch (InvalidOperationException error)
        {
            // What Utf8JsonReader throws when a value is of another kind, or its text is no text.
            throw new FormatException($"a value is of the wrong kind: {Excerpt.Of(error.Message, Excerpt.NamesSize)}", error);
        }
    }

    // Where in the JSON text the reader was: to a user it is column of a line whose number the message gives.
    private static string Plain(string message)
    {
        var place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var position = message.LastIndexOf(' ') + 1;
        return Excerpt.Of(place < 0
            ? message
            : $"{message[..place].TrimEnd('.', ' ')} (byte {message[position..].TrimEnd('.')} of the line)",
            Excerpt.NamesSize + Excerpt.ValueSize);
    }
}
