namespace Weir.Runtime.Files.Rows;

/// <summary>Reads the whole numbers that are almost all of them.</summary>
internal static class WholeNumber
{
    // No nine digits overflow 32 bits.
    private const int MostDigits = 9;

    /// <summary>Reads up to nine digits with an optional minus; anything else is for the framework to judge.</summary>
    public static bool TryParseShort(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        var digits = isNegative ? text[1..] : text;
        if (digits.Length is 0 or > MostDigits)
        {
            return false;
        }

        foreach (var b in digits)
        {
            var digit = (uint)(b - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + (int)digit;
        }

        value = isNegative ? -value : value;
        return true;
    }
}
