using System.Globalization;

namespace Weir.KafkaLog.Reading;

/// <summary>Says which message cannot be read, why, and how it begins.</summary>
internal static class MalformedMessage
{
    private const int Shown = 48;

    public static SourceException Refuse(KafkaMessage message, FormatException failure, string servers) => new(
        $"The message at offset {message.Offset.ToString(CultureInfo.InvariantCulture)} of {message.Topic}[{message.Partition}] at Kafka "
            + $"{servers} cannot be "
            + $"read: {failure.Message.TrimEnd('.')}. Its value of {message.Value.Length} bytes begins with {Excerpt(message.Value)}. "
            + "Mend the format, take such messages by Side(Kafka.Malformed), or leave them out by MalformedMessages.Skip.",
        failure);

    /// <summary>The first bytes: as text where they are printable, else as hexadecimal numbers.</summary>
    public static string Excerpt(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return "nothing";
        }

        var first = bytes[..Math.Min(bytes.Length, Shown)];
        return first.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0
            ? $"'{System.Text.Encoding.ASCII.GetString(first)}'"
            : $"0x{Convert.ToHexString(first)}";
    }
}
