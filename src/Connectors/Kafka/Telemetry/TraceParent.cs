using System.Diagnostics;
using System.Text;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Telemetry;

/// <summary>The header <c>traceparent</c> of a message: which activity made it, as W3C Trace Context writes that.</summary>
internal static unsafe class TraceParent
{
    /// <summary>The header's name.</summary>
    public const string Header = "traceparent";

    /// <summary>How many bytes its value has.</summary>
    public const int Bytes = 55;

    // A text of C: with a zero behind it, which the literal has.
    private static ReadOnlySpan<byte> Name => "traceparent"u8;

    private static ReadOnlySpan<byte> StateName => "tracestate"u8;

    /// <summary>Reads it where the message lies.</summary>
    /// <returns>Whether there is one that means something.</returns>
    public static bool TryRead(RdMessage* message, out ActivityContext context)
    {
        context = default;
        nint headers;
        return Rd.rd_kafka_message_headers(message, &headers) == 0
            && TextOf(headers, Name) is { } parent
            && ActivityContext.TryParse(parent, TextOf(headers, StateName), isRemote: true, out context);
    }

    /// <summary>The value that names an activity; null where nobody would find it: none was made, or it is not kept.</summary>
    public static byte[]? Of(Activity? activity) =>
        activity is { Recorded: true, IdFormat: ActivityIdFormat.W3C, Id: { } id } ? Encoding.ASCII.GetBytes(id) : null;

    private static string? TextOf(nint headers, ReadOnlySpan<byte> name)
    {
        byte* value;
        nuint size;
        fixed (byte* first = name)
        {
            return Rd.rd_kafka_header_get_last(headers, first, &value, &size) == 0 && value != null
                ? Encoding.ASCII.GetString(value, (int)size)
                : null;
        }
    }
}
