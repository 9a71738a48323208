using System.Globalization;
using System.Numerics;

namespace Weir.Runtime.Files.Rows;

/// <summary>
/// Reads numbers as JSON writes them, and with leading zeros: no blanks, plus signs, thousand separators, nor names of numbers but three.
/// </summary>
/// <remarks>
/// The one grammar of CSV and JSON, so that a column means the same in both. A number that its type cannot hold is none, never infinity or
/// zero.
/// </remarks>
internal static class NumberText
{
    // Any decimal of so many digits is exact, if its point is not moved by an exponent.
    private const int ExactDigits = 28;
    private const int MostExponentDigits = 4;

    /// <summary>A whole number of any type.</summary>
    public static bool TryParse<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, IBinaryInteger<T>
    {
        value = default;
        return DigitsEnd(text, text is [(byte)'-', ..] ? 1 : 0) == text.Length
            && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A finite number, or <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, spelled just so.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (IsNumber(text, out _))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        }

        return TryParseName(text, out value);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out double)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out float value)
    {
        if (IsNumber(text, out _))
        {
            return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
        }

        var isName = TryParseName(text, out var name);
        value = (float)name;
        return isName;
    }

    /// <summary>A decimal number that holds every digit of the text: one that would have to be rounded is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out decimal value)
    {
        value = default;
        return IsNumber(text, out var hasExponent)
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && ((!hasExponent && text.Length <= ExactDigits) || IsExact(text, value));
    }

    private static bool TryParseName(ReadOnlySpan<byte> text, out double value)
    {
        value = text.SequenceEqual("NaN"u8) ? double.NaN
            : text.SequenceEqual("Infinity"u8) ? double.PositiveInfinity
            : text.SequenceEqual("-Infinity"u8) ? double.NegativeInfinity
            : 0;
        return value != 0;
    }

    // -?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?
    private static bool IsNumber(ReadOnlySpan<byte> text, out bool hasExponent)
    {
        hasExponent = false;
        var end = DigitsEnd(text, text is [(byte)'-', ..] ? 1 : 0);
        if (end > 0 && end < text.Length && text[end] == '.')
        {
            end = DigitsEnd(text, end + 1);
        }

        if (end > 0 && end < text.Length && text[end] is (byte)'e' or (byte)'E')
        {
            hasExponent = true;
            var sign = end + 1 < text.Length && text[end + 1] is (byte)'+' or (byte)'-' ? 1 : 0;
            end = DigitsEnd(text, end + 1 + sign);
        }

        return end > 0 && end == text.Length;
    }

    // The end of the digits that begin at an offset; -1 if there is none.
    private static int DigitsEnd(ReadOnlySpan<byte> text, int at)
    {
        var end = at;
        while (end < text.Length && (uint)(text[end] - '0') <= 9)
        {
            end++;
        }

        return end > at ? end : -1;
    }

    // Digits without the zeros around them, and where the point stands among them.
    private static bool IsExact(ReadOnlySpan<byte> text, decimal value)
    {
        Span<byte> written = stackalloc byte[64];
        return value.TryFormat(written, out var size, default, CultureInfo.InvariantCulture) && AreSame(text, written[..size]);
    }

    private static bool AreSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var mine = new Digits(left);
        var others = new Digits(right);
        if (mine.IsZero || others.IsZero)
        {
            return mine.IsZero && others.IsZero;
        }

        while (true)
        {
            var (digit, other) = (mine.Next(), others.Next());
            if (digit != other)
            {
                return false;
            }

            if (digit < 0)
            {
                return mine.Exponent == others.Exponent;
            }
        }
    }

    /// <summary>The significant digits of a number's text, one after the other, and the power of ten of the last.</summary>
    private ref struct Digits
    {
        private ReadOnlySpan<byte> _rest;

        public Digits(ReadOnlySpan<byte> text)
        {
            var mark = text.IndexOfAny((byte)'e', (byte)'E');
            var mantissa = (mark < 0 ? text : text[..mark]).TrimStart((byte)'-');
            Exponent = mark < 0 ? 0 : ExponentOf(text[(mark + 1)..]);
            var point = mantissa.IndexOf((byte)'.');
            Exponent -= point < 0 ? 0 : mantissa.Length - point - 1;

            // Zeros at the end move the power; a point among them moves nothing.
            while (mantissa is [.., (byte)'0'] or [.., (byte)'.'])
            {
                Exponent += mantissa[^1] == '0' ? 1 : 0;
                mantissa = mantissa[..^1];
            }

            _rest = mantissa.TrimStart("0."u8);
        }

        public long Exponent { get; }

        public readonly bool IsZero => _rest.IsEmpty;

        public int Next()
        {
            if (_rest is [(byte)'.', ..])
            {
                _rest = _rest[1..];
            }

            if (_rest.IsEmpty)
            {
                return -1;
            }

            var digit = _rest[0] - '0';
            _rest = _rest[1..];
            return digit;
        }

        // No decimal has an exponent of five digits but zero.
        private static long ExponentOf(ReadOnlySpan<byte> text)
        {
            var digits = text.TrimStart("+-0"u8);
            var power = 0L;
            foreach (var digit in digits[..Math.Min(digits.Length, MostExponentDigits)])
            {
                power = (power * 10) + (digit - '0');
            }

            return text is [(byte)'-', ..] ? -power : power;
        }
    }
}
