using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>
/// Reads single JSON values for generated formats. The reader stands on the value; an error names the property that holds it.
/// </summary>
public static class JsonValueReader
{
    // Parsing takes time that grows faster than the number: a line of megabytes of digits would stop the job.
    private const int LongestInteger = 10_000;

    /// <summary>Whether the value is null.</summary>
    public static bool IsNull(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null;

    /// <summary>Checks that an object begins.</summary>
    public static void StartObject(ref Utf8JsonReader reader, string type)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var hint = reader.TokenType == JsonTokenType.StartArray ? ": each line holds one object, without brackets around them all" : "";
            throw new FormatException($"{Found(ref reader)} stands where an object with the properties of {type} should{hint}");
        }
    }

    /// <summary>The error of a property that is not there.</summary>
    public static FormatException Missing(string type, string property) =>
        new($"property '{property}' of {type} is missing: add it, or make the member nullable");

    /// <summary>A truth value.</summary>
    public static bool Boolean(ref Utf8JsonReader reader, string property) =>
        reader.TokenType is JsonTokenType.True or JsonTokenType.False
            ? reader.GetBoolean()
            : throw Bad(ref reader, property, "true or false");

    /// <summary>The error of a property that is there twice, be it in another case or escaped.</summary>
    public static FormatException Duplicate(string type, string property) =>
        new($"property '{Excerpt.Of(property)}' of {type} is there twice: which of the values counts cannot be known");

    /// <summary>A text.</summary>
    public static string Text(ref Utf8JsonReader reader, string property)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Bad(ref reader, property, "a text");
        }

        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Bad(ref reader, property, "UTF-8, or escapes a surrogate without its pair");
        }
    }

    /// <summary>A whole number.</summary>
    public static int Int32(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value : throw BadNumber<int>(ref reader, property);

    /// <summary>A whole number.</summary>
    public static long Int64(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : throw BadNumber<long>(ref reader, property);

    /// <summary>Any other whole number.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static T Integer<T>(ref Utf8JsonReader reader, string property)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        reader.TokenType == JsonTokenType.Number && NumberText.TryParse(Raw(ref reader), out T value)
            ? value
            : throw BadNumber<T>(ref reader, property);

    /// <summary>A whole number of any size.</summary>
    public static BigInteger BigInteger(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.Number
        && Raw(ref reader) is { Length: <= LongestInteger } text
        && System.Numerics.BigInteger.TryParse(
            Encoding.UTF8.GetString(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Bad(ref reader, property, $"a whole number of up to {LongestInteger} digits");

    /// <summary>A number; what JSON has no number for is a text: <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>.</summary>
    public static double Double(ref Utf8JsonReader reader, string property) =>
        IsNumber(ref reader) && NumberText.TryParse(Raw(ref reader), out double value) && IsOfKind(ref reader, double.IsFinite(value))
            ? value
            : throw Bad(ref reader, property, "a number");

    /// <summary>A number, or one of the texts of <see cref="Double"/>.</summary>
    public static float Single(ref Utf8JsonReader reader, string property) =>
        IsNumber(ref reader) && NumberText.TryParse(Raw(ref reader), out float value) && IsOfKind(ref reader, float.IsFinite(value))
            ? value
            : throw Bad(ref reader, property, "a number");

    /// <summary>An exact number: one with more digits than it can hold is malformed.</summary>
    public static decimal Decimal(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.Number && NumberText.TryParse(Raw(ref reader), out decimal value)
            ? value
            : throw Bad(ref reader, property, "a decimal number of up to 28 digits");

    /// <summary>A text of one character.</summary>
    public static char Char(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && Text(ref reader, property) is [var value]
            ? value
            : throw Bad(ref reader, property, "a text of one character");

    /// <summary>Bytes in base 64.</summary>
    public static byte[] Bytes(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var value)
            ? value
            : throw Bad(ref reader, property, "bytes in base 64");

    /// <summary>A GUID.</summary>
    public static Guid Guid(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value) ? value : throw Bad(ref reader, property, "a GUID");

    /// <summary>An instant in ISO 8601: with a zone it becomes UTC, without one it stays unspecified.</summary>
    public static DateTime DateTime(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && IsoTime.TryParse(Raw(ref reader), out DateTime value)
            ? value
            : throw Bad(ref reader, property, Wanted.DateTime);

    /// <summary>An instant as a number since the Unix epoch.</summary>
    public static DateTime DateTime(ref Utf8JsonReader reader, string property, EpochUnit unit) =>
        reader.TokenType == JsonTokenType.Number && EpochTime.TryParse(Raw(ref reader), unit, out var value)
            ? value
            : throw Bad(ref reader, property, Wanted.Epoch(unit));

    /// <summary>An instant with its offset in ISO 8601; without a zone it counts as UTC.</summary>
    public static DateTimeOffset DateTimeOffset(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && IsoTime.TryParse(Raw(ref reader), out DateTimeOffset value)
            ? value
            : throw Bad(ref reader, property, Wanted.DateTimeOffset);

    /// <summary>An instant as a number since the Unix epoch.</summary>
    public static DateTimeOffset DateTimeOffset(ref Utf8JsonReader reader, string property, EpochUnit unit) =>
        new(DateTime(ref reader, property, unit));

    /// <summary>A date in ISO 8601.</summary>
    public static DateOnly DateOnly(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && IsoTime.TryParse(Raw(ref reader), out DateOnly value)
            ? value
            : throw Bad(ref reader, property, Wanted.DateOnly);

    /// <summary>A time of day in ISO 8601.</summary>
    public static TimeOnly TimeOnly(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && IsoTime.TryParse(Raw(ref reader), out TimeOnly value)
            ? value
            : throw Bad(ref reader, property, Wanted.TimeOnly);

    /// <summary>A duration as <c>[-][d.]hh:mm[:ss[.fffffff]]</c>; without days the hours may be any number.</summary>
    public static TimeSpan TimeSpan(ref Utf8JsonReader reader, string property) =>
        reader.TokenType == JsonTokenType.String && DurationText.TryParse(Raw(ref reader), out var value)
            ? value
            : throw Bad(ref reader, property, Wanted.TimeSpan);

    /// <summary>
    /// An enum value by its name, whatever its case, or its number. Only values that have a name, and sums of them if they are flags.
    /// </summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    public static TEnum Enum<TEnum>(ref Utf8JsonReader reader, string property)
        where TEnum : struct, Enum =>
        IsNumber(ref reader) && EnumText<TEnum>.TryParse(Raw(ref reader), out var value)
            ? value
            : throw Bad(ref reader, property, $"one of {EnumText<TEnum>.Known}");

    /// <summary>The error of a value that is not what its member needs.</summary>
    public static FormatException Bad(ref Utf8JsonReader reader, string property, string wanted) =>
        new($"property '{Excerpt.Of(property)}' holds {Found(ref reader)}, which is not {wanted}");

    /// <summary>What the reader stands on, for messages.</summary>
    internal static string Found(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => $"\"{Excerpt.Of(reader.ValueSpan)}\"",
        JsonTokenType.Null => "null",
        _ => Excerpt.Of(reader.ValueSpan),
    };

    private static FormatException BadNumber<T>(ref Utf8JsonReader reader, string property)
        where T : IMinMaxValue<T> => Bad(ref reader, property, Wanted.Integer<T>());

    private static bool IsNumber(ref Utf8JsonReader reader) => reader.TokenType is JsonTokenType.Number or JsonTokenType.String;

    // A finite number is a number, and what is none is a text.
    private static bool IsOfKind(ref Utf8JsonReader reader, bool isFinite) => isFinite == (reader.TokenType == JsonTokenType.Number);

    // The value's text, unescaped, without quotes. One that cannot be unescaped is no text of anything.
    private static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        var text = new byte[reader.ValueSpan.Length];
        try
        {
            return text.AsSpan(0, reader.CopyString(text));
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }
}
