using System.Text;
using Weir.KafkaLog.Native;
using Weir.KafkaLog.Telemetry;

namespace Weir.KafkaLog.Writing;

/// <summary>Headers as the client takes them.</summary>
internal static unsafe class NativeHeaders
{
    private static readonly byte[] Nothing = [0];

    /// <summary>Makes them; 0 for none.</summary>
    /// <param name="headers">The headers of the message.</param>
    /// <param name="traceParent">What made it; null for nothing. A message that says this itself keeps what it says.</param>
    public static nint Of(KafkaHeaders? headers, byte[]? traceParent = null)
    {
        var isTold = traceParent is null || headers?.Any(static header => header.Name == TraceParent.Header) == true;
        if (headers is not { Count: > 0 } && isTold)
        {
            return 0;
        }

        var made = Rd.rd_kafka_headers_new((nuint)(headers?.Count ?? 0) + 1);
        foreach (var (name, value) in headers ?? KafkaHeaders.Empty)
        {
            Add(made, name, value);
        }

        if (!isTold)
        {
            Add(made, TraceParent.Header, traceParent);
        }

        return made;
    }

    /// <summary>Frees headers that no message has taken over.</summary>
    public static void Free(nint headers)
    {
        if (headers != 0)
        {
            Rd.rd_kafka_headers_destroy(headers);
        }
    }

    private static void Add(nint headers, string name, byte[]? value)
    {
        var bytes = Encoding.UTF8.GetBytes(name);

        // A pointer to no bytes would be null, and the header without a value.
        fixed (byte* first = bytes, data = value is { Length: 0 } ? Nothing : value)
        {
            _ = Rd.rd_kafka_header_add(headers, first, bytes.Length, data, value?.Length ?? 0);
        }
    }
}
