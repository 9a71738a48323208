namespace Weir.Runtime.Files.Rows;

/// <summary>
/// Reads durations: <c>[-][d.]hh:mm[:ss[.f…]]</c>. Without days the hours may be any number: <c>48:30:00</c> is two days and a half hour.
/// </summary>
/// <remarks>The framework's parser takes <c>24:00:00</c> for 24 days and <c>5</c> for five.</remarks>
internal static class DurationText
{
    // Any more hours or days overflow a duration, and no fewer digits do while they are multiplied.
    private const int MostDigits = 9;

    public static bool TryParse(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        value = default;
        var isNegative = text is [(byte)'-', ..];
        var rest = isNegative ? text[1..] : text;
        var days = 0L;
        if (!TryTakeNumber(ref rest, out var hours, out var digits))
        {
            return false;
        }

        if (rest is [(byte)'.', ..])
        {
            days = hours;
            rest = rest[1..];
            if (!TryTakeNumber(ref rest, out hours, out digits) || digits != 2 || hours > 23)
            {
                return false;
            }
        }

        if (!TryTakeSixtieth(ref rest, out var minutes))
        {
            return false;
        }

        var seconds = 0L;
        var fraction = 0L;
        if (!rest.IsEmpty && !TryTakeSixtieth(ref rest, out seconds))
        {
            return false;
        }

        var size = 0;
        if (!rest.IsEmpty && (rest[0] != '.' || !IsoTime.TryAddFraction(rest, ref fraction, ref size) || size != rest.Length))
        {
            return false;
        }

        var ticks = ((Int128)((days * 24) + hours) * TimeSpan.TicksPerHour)
            + (minutes * TimeSpan.TicksPerMinute) + (seconds * TimeSpan.TicksPerSecond) + fraction;
        ticks = isNegative ? -ticks : ticks;
        if (ticks < long.MinValue || ticks > long.MaxValue)
        {
            return false;
        }

        value = new TimeSpan((long)ticks);
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> rest, out long number, out int digits)
    {
        number = 0;
        for (digits = 0; digits < rest.Length && (uint)(rest[digits] - '0') <= 9; digits++)
        {
            if (digits == MostDigits)
            {
                return false;
            }

            number = (number * 10) + (rest[digits] - '0');
        }

        rest = rest[digits..];
        return digits > 0;
    }

    private static bool TryTakeSixtieth(ref ReadOnlySpan<byte> rest, out long number)
    {
        number = 0;
        if (rest is not [(byte)':', ..])
        {
            return false;
        }

        rest = rest[1..];
        return TryTakeNumber(ref rest, out number, out var digits) && digits == 2 && number <= 59;
    }
}
