using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Runtime.Files.Writing;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>Writes records as JSON objects, one a line.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class JsonRowEncoder<T>(JsonFormat<T> format) : RowEncoder<T>
{
    // The files are read by programs, not put into web pages: only what JSON itself asks for is escaped.
    private readonly Utf8JsonWriter _json = new(
        Stream.Null, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public override string Extension => ".jsonl";

    public override int Write(ReadOnlySpan<T> values, ArrayBufferWriter<byte> output, int enough)
    {
        var count = 0;
        while (count < values.Length && output.WrittenCount < enough)
        {
            _json.Reset(output);
            format.Write(_json, values[count]);
            _json.Flush();
            output.GetSpan(1)[0] = (byte)'\n';
            output.Advance(1);
            count++;
        }

        return count;
    }

    public override void Dispose() => _json.Dispose();
}
