using System.Runtime.InteropServices;

namespace Weir.KafkaLog.Client;

/// <summary>Texts of librdkafka.</summary>
internal static unsafe class Utf8
{
    public static string? Text(byte* text) => Marshal.PtrToStringUTF8((nint)text);
}
