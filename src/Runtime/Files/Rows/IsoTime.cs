namespace Weir.Runtime.Files.Rows;

/// <summary>Reads complete ISO 8601 dates and times in the extended form from UTF-8, without allocating. Nothing else is a time.</summary>
/// <remarks>
/// <para>Date <c>yyyy-MM-dd</c>; then, if any, <c>T</c>, <c>t</c> or a blank and <c>HH:mm[:ss[.f…]]</c>; then, if any, <c>Z</c>, <c>z</c>,
/// <c>±HH:mm</c>,
/// <c>±HHmm</c> or <c>±HH</c> up to 14 hours. A fraction may begin with a comma and have any number of digits: those behind the seventh are
/// cut, never rounded, for rounding can carry a time into the next window.</para>
/// <para>A parser that guesses (a time of today, a month without a year, a day before the month) would give other data tomorrow.</para>
/// </remarks>
internal static class IsoTime
{
    private const int DateSize = 10;
    private const int MostOffsetMinutes = 14 * 60;

    /// <summary>A date, or a date and time: UTC if it has a zone, of unspecified kind if not.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime value)
    {
        if (!TryParse(text, out value, out var offset))
        {
            return false;
        }

        if (offset is { } minutes)
        {
            var ticks = value.Ticks - (minutes * TimeSpan.TicksPerMinute);
            value = IsDate(ticks) ? new DateTime(ticks, DateTimeKind.Utc) : default;
            return IsDate(ticks);
        }

        return true;
    }

    /// <summary>A date, or a date and time; without a zone it counts as UTC.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        if (!TryParse(text, out var local, out var offset) || !IsDate(local.Ticks - ((offset ?? 0) * TimeSpan.TicksPerMinute)))
        {
            value = default;
            return false;
        }

        value = new DateTimeOffset(local, TimeSpan.FromMinutes(offset ?? 0));
        return true;
    }

    /// <summary>A date alone.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateOnly value)
    {
        var isDate = text.Length == DateSize & TryParseDate(text, out var date);
        value = isDate ? DateOnly.FromDateTime(date) : default;
        return isDate;
    }

    /// <summary>A time of day alone.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out TimeOnly value)
    {
        var isTime = TryParseTime(text, out var ticks, out var size) && size == text.Length;
        value = isTime ? new TimeOnly(ticks) : default;
        return isTime;
    }

    private static bool IsDate(long ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;

    private static bool TryParse(ReadOnlySpan<byte> text, out DateTime local, out int? offset)
    {
        offset = null;
        if (!TryParseDate(text, out local))
        {
            return false;
        }

        if (text.Length == DateSize)
        {
            return true;
        }

        if (text[DateSize] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !TryParseTime(text[(DateSize + 1)..], out var ticks, out var size))
        {
            return false;
        }

        local = local.AddTicks(ticks);
        return TryParseOffset(text[(DateSize + 1 + size)..], out offset);
    }

    private static bool TryParseDate(ReadOnlySpan<byte> text, out DateTime date)
    {
        date = default;
        if (text.Length < DateSize || text[4] != '-' || text[7] != '-')
        {
            return false;
        }

        var century = Two(text, 0);
        var year = Two(text, 2) + (century * 100);
        var month = Two(text, 5);
        var day = Two(text, 8);
        if (century > 99 || year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateTime(year, month, day);
        return true;
    }

    // HH:mm, then :ss, then a fraction; each part only with those before it. Neither 24:00 nor a leap second is a time of .NET.
    private static bool TryParseTime(ReadOnlySpan<byte> text, out long ticks, out int size)
    {
        ticks = 0;
        size = 5;
        if (text.Length < 5 || text[2] != ':')
        {
            return false;
        }

        var hour = Two(text, 0);
        var minute = Two(text, 3);
        if (hour > 23 || minute > 59)
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        if (text.Length < 8 || text[5] != ':')
        {
            return true;
        }

        var second = Two(text, 6);
        size = 8;
        if (second > 59)
        {
            return false;
        }

        ticks += second * TimeSpan.TicksPerSecond;
        return text.Length == 8 || text[8] is not ((byte)'.' or (byte)',') || TryAddFraction(text, ref ticks, ref size);
    }

    /// <summary>
    /// Adds the fraction whose point stands at <paramref name="size"/>, cut to ticks. False if no digit follows the point.
    /// </summary>
    public static bool TryAddFraction(ReadOnlySpan<byte> text, ref long ticks, ref int size)
    {
        var first = size + 1;
        var at = first;
        for (var unit = TimeSpan.TicksPerSecond / 10; at < text.Length && (uint)(text[at] - '0') <= 9; at++, unit /= 10)
        {
            ticks += (text[at] - '0') * unit;
        }

        size = at;
        return at > first;
    }

    // Minutes; null for an empty text.
    private static bool TryParseOffset(ReadOnlySpan<byte> text, out int? offset)
    {
        offset = null;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text is [(byte)'Z' or (byte)'z'])
        {
            offset = 0;
            return true;
        }

        if (text is not [(byte)'+' or (byte)'-', _, _, ..])
        {
            return false;
        }

        var minuteAt = text.Length switch
        {
            3 => 0,
            5 => 3,
            6 when text[3] == ':' => 4,
            _ => -1,
        };
        var minute = minuteAt > 0 ? Two(text, minuteAt) : minuteAt;
        var total = (Two(text, 1) * 60) + minute;
        offset = text[0] == '-' ? -total : total;
        return minute is >= 0 and <= 59 && total <= MostOffsetMinutes;
    }

    // Two digits, or more than any part of a date can be.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var tens = (uint)(text[at] - '0');
        var ones = (uint)(text[at + 1] - '0');
        return tens > 9 || ones > 9 ? int.MaxValue / 1000 : (int)((tens * 10) + ones);
    }
}
