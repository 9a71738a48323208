using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>Reads single JSON values for generated formats. The reader stands on the value; an error names the property that holds it.</summary>
public static class JsonValueReader
{
    private const int LongestWord = 128;

    /// <summary>Whether the value is null.</summary>
    public static bool IsNull(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null;

    /// <summary>Checks that an object begins.</summary>
    public static void StartObject(ref Utf8JsonReader reader, string type)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException($"{Found(ref reader)} stands where an object with the properties of {type} should");
        }
    }

    /// <summary>The error of a property that is not there.</summary>
    public static FormatException Missing(string type, string property) =>
        new($"property '{property}' of {type} is missing: add it, or make the member nullable");

    /// <summary>A truth value.</summary>
    public static bool Boolean(ref Utf8JsonReader reader, string property) =>
        reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw Bad(ref reader, property, "true or false");

    /// <summary>A text.</summary>
    public static string Text(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Bad(ref reader, property, "a text");

    /// <summary>A whole number.</summary>
    public static int Int32(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value : throw BadNumber<int>(ref reader, property);

    /// <summary>A whole number.</summary>
    public static long Int64(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : throw BadNumber<long>(ref reader, property);

    /// <summary>Any other whole number.</summary>
    public static T Integer<T>(ref Utf8JsonReader reader, string property)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        reader.TokenType == JsonTokenType.Number && Raw(ref reader) is var text && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw BadNumber<T>(ref reader, property);

    /// <summary>A whole number of any size.</summary>
    public static BigInteger BigInteger(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.Number
        && System.Numerics.BigInteger.TryParse(Encoding.UTF8.GetString(Raw(ref reader)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Bad(ref reader, property, "a whole number");

    /// <summary>A number; what JSON has no number for is a text: <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>.</summary>
    public static double Double(ref Utf8JsonReader reader, string property) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetDouble(out var value) => value,
        JsonTokenType.String when reader.ValueTextEquals("NaN"u8) => double.NaN,
        JsonTokenType.String when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        _ => throw Bad(ref reader, property, "a number"),
    };

    /// <summary>A number, or one of the texts of <see cref="Double"/>.</summary>
    public static float Single(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out var value) ? value : (float)Double(ref reader, property);

    /// <summary>An exact number.</summary>
    public static decimal Decimal(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var value) ? value : throw Bad(ref reader, property, "a decimal number");

    /// <summary>A text of one character.</summary>
    public static char Char(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is [var value] ? value : throw Bad(ref reader, property, "a text of one character");

    /// <summary>Bytes in base 64.</summary>
    public static byte[] Bytes(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var value) ? value : throw Bad(ref reader, property, "bytes in base 64");

    /// <summary>A GUID.</summary>
    public static Guid Guid(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value) ? value : throw Bad(ref reader, property, "a GUID");

    /// <summary>An instant in ISO 8601: with a zone it becomes UTC, without one it stays unspecified.</summary>
    public static DateTime DateTime(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && IsoTime.TryParse(Raw(ref reader), out DateTime value)
            ? value
            : throw Bad(ref reader, property, "a date and time (such as 2001-12-31T23:59:00)");

    /// <summary>An instant with its offset in ISO 8601; without a zone it counts as UTC.</summary>
    public static DateTimeOffset DateTimeOffset(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && IsoTime.TryParse(Raw(ref reader), out DateTimeOffset value)
            ? value
            : throw Bad(ref reader, property, "a date and time with offset (such as 2001-12-31T23:59:00+01:00)");

    /// <summary>A date in ISO 8601.</summary>
    public static DateOnly DateOnly(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && IsoTime.TryParse(Raw(ref reader), out DateOnly value)
            ? value
            : throw Bad(ref reader, property, "a date (such as 2001-12-31)");

    /// <summary>A time of day in ISO 8601.</summary>
    public static TimeOnly TimeOnly(ref Utf8JsonReader reader, string property)
    {
        Span<char> word = stackalloc char[LongestWord];
        return reader.TokenType == JsonTokenType.String
            && System.TimeOnly.TryParse(word[..Chars(ref reader, word)], CultureInfo.InvariantCulture, out var value)
                ? value
                : throw Bad(ref reader, property, "a time of day (such as 23:59:00)");
    }

    /// <summary>A duration as <c>[-][d.]hh:mm[:ss[.fffffff]]</c>.</summary>
    public static TimeSpan TimeSpan(ref Utf8JsonReader reader, string property)
    {
        Span<char> word = stackalloc char[LongestWord];
        return reader.TokenType == JsonTokenType.String
            && System.TimeSpan.TryParse(word[..Chars(ref reader, word)], CultureInfo.InvariantCulture, out var value)
                ? value
                : throw Bad(ref reader, property, "a duration (such as 1.02:03:04)");
    }

    /// <summary>An enum value by its name, whatever its case, or its number.</summary>
    public static TEnum Enum<TEnum>(ref Utf8JsonReader reader, string property)
        where TEnum : struct, Enum
    {
        Span<char> word = stackalloc char[LongestWord];
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Number
            && System.Enum.TryParse<TEnum>(word[..Chars(ref reader, word)], ignoreCase: true, out var value)
                ? value
                : throw Bad(ref reader, property, $"one of {string.Join(", ", System.Enum.GetNames<TEnum>())}");
    }

    /// <summary>The error of a value that is not what its member needs.</summary>
    public static FormatException Bad(ref Utf8JsonReader reader, string property, string wanted) =>
        new($"property '{property}' holds {Found(ref reader)}, which is not {wanted}");

    private static FormatException BadNumber<T>(ref Utf8JsonReader reader, string property)
        where T : IMinMaxValue<T> => Bad(ref reader, property, $"a whole number from {T.MinValue} to {T.MaxValue}");

    private static string Found(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => $"\"{reader.GetString()}\"",
        JsonTokenType.Null => "null",
        _ => Encoding.UTF8.GetString(Raw(ref reader)),
    };

    // Copies the value's text; one that is longer than any word is cut, and then is no word any more.
    private static int Chars(ref Utf8JsonReader reader, scoped Span<char> room)
    {
        var text = Raw(ref reader);
        return Encoding.UTF8.GetChars(text.Length <= room.Length ? text : text[..room.Length], room);
    }

    // The value's text, unescaped, without quotes.
    private static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetBytes(reader.GetString()!);
        }

        return reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
    }
}
