using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Files.JsonLines;

/// <summary>
/// Writes single JSON values for generated formats, so that <see cref="JsonValueReader"/> reads them back the same. No value of it
/// allocates.
/// </summary>
public static class JsonValueWriter
{
    /// <summary>Writes a truth value.</summary>
    public static void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);

    /// <summary>Writes a text; null as null.</summary>
    public static void Write(Utf8JsonWriter writer, string? value) => writer.WriteStringValue(value);

    /// <summary>Writes a whole number.</summary>
    public static void Write(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);

    /// <summary>Writes a whole number.</summary>
    public static void Write(Utf8JsonWriter writer, ulong value) => writer.WriteNumberValue(value);

    /// <summary>Writes a number so that it reads back bit by bit; what JSON has no number for as a text.</summary>
    public static void Write(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            WriteNamed(writer, value);
        }
    }

    /// <summary>Writes a number so that it reads back bit by bit; what JSON has no number for as a text.</summary>
    public static void Write(Utf8JsonWriter writer, float value)
    {
        if (float.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            WriteNamed(writer, value);
        }
    }

    /// <summary>Writes an exact number with its scale.</summary>
    public static void Write(Utf8JsonWriter writer, decimal value) => writer.WriteNumberValue(value);

    /// <summary>Writes a whole number.</summary>
    public static void Write(Utf8JsonWriter writer, Int128 value) => WriteRaw(writer, value);

    /// <summary>Writes a whole number.</summary>
    public static void Write(Utf8JsonWriter writer, UInt128 value) => WriteRaw(writer, value);

    /// <summary>Writes a whole number.</summary>
    public static void Write(Utf8JsonWriter writer, BigInteger value) =>
        writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);

    /// <summary>Writes a character as a text of one.</summary>
    public static void Write(Utf8JsonWriter writer, char value) => writer.WriteStringValue(new ReadOnlySpan<char>(in value));

    /// <summary>Writes bytes in base 64; null as null.</summary>
    public static void Write(Utf8JsonWriter writer, byte[]? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteBase64StringValue(value);
        }
    }

    /// <summary>Writes a GUID.</summary>
    public static void Write(Utf8JsonWriter writer, Guid value) => writer.WriteStringValue(value);

    /// <summary>Writes an instant in ISO 8601.</summary>
    public static void Write(Utf8JsonWriter writer, DateTime value) => writer.WriteStringValue(value);

    /// <summary>Writes an instant and its offset in ISO 8601.</summary>
    public static void Write(Utf8JsonWriter writer, DateTimeOffset value) => writer.WriteStringValue(value);

    /// <summary>Writes an instant as a number since the Unix epoch; one without a zone counts as UTC.</summary>
    public static void Write(Utf8JsonWriter writer, DateTime value, EpochUnit unit)
    {
        Span<byte> text = stackalloc byte[EpochTime.LongestText];
        writer.WriteRawValue(text[..EpochTime.Format(value, unit, text)], skipInputValidation: true);
    }

    /// <summary>Writes an instant as a number since the Unix epoch.</summary>
    public static void Write(Utf8JsonWriter writer, DateTimeOffset value, EpochUnit unit) => Write(writer, value.UtcDateTime, unit);

    /// <summary>Writes a date in ISO 8601.</summary>
    public static void Write(Utf8JsonWriter writer, DateOnly value) => WriteText(writer, value, "O");

    /// <summary>Writes a time of day in ISO 8601.</summary>
    public static void Write(Utf8JsonWriter writer, TimeOnly value) => WriteText(writer, value, "O");

    /// <summary>Writes a duration as <c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
    public static void Write(Utf8JsonWriter writer, TimeSpan value) => WriteText(writer, value, "c");

    /// <summary>Writes an enum value by its name, or its number in a text if it has none.</summary>
    public static void WriteEnum<TEnum>(Utf8JsonWriter writer, TEnum value)
        where TEnum : struct, Enum
    {
        var name = EnumText<TEnum>.Name(value);
        if (!name.IsEmpty)
        {
            writer.WriteStringValue(name);
        }
        else
        {
            writer.WriteStringValue(EnumText<TEnum>.Describe(value));
        }
    }

    private static void WriteNamed(Utf8JsonWriter writer, double value) =>
        writer.WriteStringValue(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);

    private static void WriteRaw<T>(Utf8JsonWriter writer, T value)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[64];
        Invariant.Holds(value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture),
            "A number of 128 bits has less than 64 digits.");
        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }

    private static void WriteText<T>(Utf8JsonWriter writer, T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[64];
        Invariant.Holds(value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture),
            "A date or time has less than 64 characters.");
        writer.WriteStringValue(text[..length]);
    }
}
