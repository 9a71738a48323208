using System.Buffers;
using System.Text.Json;

namespace Weir.KafkaLog.Formats;

/// <summary>The writer of JSON that a thread has: it holds buffers, and is used again for each message.</summary>
internal static class JsonWriterOfThread
{
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Makes it write to an output. Flush it behind the value.</summary>
    public static Utf8JsonWriter To(IBufferWriter<byte> output)
    {
        if (_writer is not { } writer)
        {
            return _writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        }

        writer.Reset(output);
        return writer;
    }
}
