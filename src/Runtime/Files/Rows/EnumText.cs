using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Weir.Runtime.Files.Rows;

/// <summary>Reads and writes the values of an enum that have a name; of a <c>[Flags]</c> enum also sums of them.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
/// <remarks>
/// Read is a name whatever its case, or the number of a value that is defined; of flags also names between commas and numbers of defined
/// bits. Written is always the same one of several names for a value: the first of them in ordinal order. A value without a name is written
/// as its number.
/// </remarks>
internal static class EnumText<TEnum>
    where TEnum : struct, Enum
{
    private static readonly bool IsFlags = typeof(TEnum).IsDefined(typeof(FlagsAttribute), inherit: false);
    private static readonly bool IsSigned = IsSignedNumber();
    private static readonly TEnum[] Values = Enum.GetValues<TEnum>();
    private static readonly byte[][] Names = [.. Enum.GetNames<TEnum>().Select(Encoding.UTF8.GetBytes)];
    private static readonly Dictionary<TEnum, byte[]> NameOf = NamesByValue();
    private static readonly ulong Bits = Values.Aggregate(0UL, static (bits, value) => bits | NumberOf(value));

    /// <summary>Gets the names, for messages.</summary>
    public static string Known { get; } = Excerpt.Of(Enum.GetNames<TEnum>());

    public static bool TryParse(ReadOnlySpan<byte> text, out TEnum value)
    {
        if (TryParseName(text, out value))
        {
            return true;
        }

        if (text is [(byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..])
        {
            return TryParseNumber(text, out value);
        }

        return IsFlags && text.Contains((byte)',') && TryParseNames(text, out value);
    }

    /// <summary>The text of a value that has a name; empty for one that has none.</summary>
    public static ReadOnlySpan<byte> Name(TEnum value) => NameOf.TryGetValue(value, out var name) ? name : [];

    /// <summary>The text of a value that has no name: names of its flags, or its number.</summary>
    public static string Describe(TEnum value)
    {
        if (IsFlags && (NumberOf(value) & ~Bits) == 0 && NumberOf(value) != 0)
        {
            return value.ToString();
        }

        return IsSigned
            ? ((long)NumberOf(value)).ToString(CultureInfo.InvariantCulture)
            : NumberOf(value).ToString(CultureInfo.InvariantCulture);
    }

    private static bool TryParseName(ReadOnlySpan<byte> text, out TEnum value)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (text.SequenceEqual(Names[i]))
            {
                value = Values[i];
                return true;
            }
        }

        for (var i = 0; i < Names.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(text, Names[i]))
            {
                value = Values[i];
                return true;
            }
        }

        value = default;
        return false;
    }

    private static bool TryParseNumber(ReadOnlySpan<byte> text, out TEnum value)
    {
        value = default;
        ulong number;
        if (IsSigned)
        {
            if (!NumberText.TryParse(text, out long signed))
            {
                return false;
            }

            number = (ulong)signed;
        }
        else if (!NumberText.TryParse(text, out number))
        {
            return false;
        }

        // What the enum's own width would cut off makes another number.
        value = ValueOf(number);
        return NumberOf(value) == number && (NameOf.ContainsKey(value) || (IsFlags && (number & ~Bits) == 0));
    }

    private static bool TryParseNames(ReadOnlySpan<byte> text, out TEnum value)
    {
        var number = 0UL;
        value = default;
        foreach (var part in text.Split((byte)','))
        {
            if (!TryParseName(text[part].Trim((byte)' '), out var flag))
            {
                return false;
            }

            number |= NumberOf(flag);
        }

        value = ValueOf(number);
        return true;
    }

    private static Dictionary<TEnum, byte[]> NamesByValue()
    {
        var names = new Dictionary<TEnum, byte[]>();
        foreach (var name in Enum.GetNames<TEnum>().Order(StringComparer.Ordinal))
        {
            names.TryAdd(Enum.Parse<TEnum>(name), Encoding.UTF8.GetBytes(name));
        }

        return names;
    }

    private static bool IsSignedNumber() => Type.GetTypeCode(Enum.GetUnderlyingType(typeof(TEnum)))
        is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64;

    private static ulong NumberOf(TEnum value) => (Unsafe.SizeOf<TEnum>(), IsSigned) switch
    {
        (1, true) => (ulong)Unsafe.BitCast<TEnum, sbyte>(value),
        (1, false) => Unsafe.BitCast<TEnum, byte>(value),
        (2, true) => (ulong)Unsafe.BitCast<TEnum, short>(value),
        (2, false) => Unsafe.BitCast<TEnum, ushort>(value),
        (4, true) => (ulong)Unsafe.BitCast<TEnum, int>(value),
        (4, false) => Unsafe.BitCast<TEnum, uint>(value),
        _ => Unsafe.BitCast<TEnum, ulong>(value),
    };

    private static TEnum ValueOf(ulong number) => Unsafe.SizeOf<TEnum>() switch
    {
        1 => Unsafe.BitCast<byte, TEnum>((byte)number),
        2 => Unsafe.BitCast<ushort, TEnum>((ushort)number),
        4 => Unsafe.BitCast<uint, TEnum>((uint)number),
        _ => Unsafe.BitCast<ulong, TEnum>(number),
    };
}
