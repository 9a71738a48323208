using System.Text;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Writing;

/// <summary>Headers as the client takes them.</summary>
internal static unsafe class NativeHeaders
{
    private static readonly byte[] Nothing = [0];

    /// <summary>Makes them; 0 for none.</summary>
    public static nint Of(KafkaHeaders? headers)
    {
        if (headers is not { Count: > 0 })
        {
            return 0;
        }

        var made = Rd.rd_kafka_headers_new((nuint)headers.Count);
        foreach (var (name, value) in headers)
        {
            var bytes = Encoding.UTF8.GetBytes(name);

            // A pointer to no bytes would be null, and the header without a value.
            fixed (byte* first = bytes, data = value is { Length: 0 } ? Nothing : value)
            {
                _ = Rd.rd_kafka_header_add(made, first, bytes.Length, data, value?.Length ?? 0);
            }
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
}
