using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Weir.Bench.KafkaLog.Field;

/// <summary>What the messages of the works against the field hold, besides a note that nobody reads: 100 bytes of JSON.</summary>
public readonly record struct Order(long Id, long User, long Amount, long Time)
{
    private static readonly byte[] Note = Encoding.UTF8.GetBytes(",\"note\":\"" + new string('x', 100));

    /// <summary>The user of an order: one of a thousand.</summary>
    public static long UserOf(long id) => (long)(((ulong)id * 0x9E3779B97F4A7C15UL >> 20) % 1_000);

    /// <summary>Writes an order as 100 bytes of JSON: a millisecond each ten.</summary>
    public static int Write(long id, Span<byte> value)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"id\":{id},\"user\":{UserOf(id)},\"amount\":{id * 7919 % 1000},\"time\":{1_700_000_000_000 + (id / 10)}");
        var length = Encoding.UTF8.GetBytes(head, value);
        Note.AsSpan(0, 98 - length).CopyTo(value[length..]);
        "\"}"u8.CopyTo(value[98..]);
        return 100;
    }
}

/// <summary>A user's running count.</summary>
public readonly record struct UserCount(long User, long Count);

/// <summary>What a window says of a user.</summary>
public readonly record struct UserTotal(long User, long End, long Count, long Amount);

/// <summary>How the client's loop and Streamiz read and write them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(UserCount))]
[JsonSerializable(typeof(UserTotal))]
public sealed partial class OrderJson : JsonSerializerContext;
