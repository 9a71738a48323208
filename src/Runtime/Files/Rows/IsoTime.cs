using System.Globalization;
using System.Text;

namespace Weir.Runtime.Files.Rows;

/// <summary>Reads ISO 8601 dates and times from UTF-8 without allocating; what it does not know goes to the framework's parser.</summary>
internal static class IsoTime
{
    private const DateTimeStyles Styles = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime value)
    {
        if (TryParseUnzoned(text, out value, out var read))
        {
            if (read == text.Length)
            {
                return true;
            }

            if (read + 1 == text.Length && text[read] == 'Z')
            {
                value = DateTime.SpecifyKind(value, DateTimeKind.Utc);
                return true;
            }
        }

        return text.Length <= 64 && DateTime.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, Styles, out value);
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        if (TryParseUnzoned(text, out var local, out var read) && (read == text.Length || (read + 1 == text.Length && text[read] == 'Z')))
        {
            value = new DateTimeOffset(local, TimeSpan.Zero);
            return true;
        }

        value = default;
        return text.Length <= 64
            && DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out value);
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out DateOnly value)
    {
        if (text.Length == 10 && TryParseDate(text, out var date))
        {
            value = DateOnly.FromDateTime(date);
            return true;
        }

        value = default;
        return text.Length <= 64 && DateOnly.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out value);
    }

    // yyyy-MM-dd, then T or a blank and HH:mm, then :ss, then a fraction of up to seven digits; each part only with those before it.
    private static bool TryParseUnzoned(ReadOnlySpan<byte> text, out DateTime value, out int read)
    {
        read = 10;
        if (text.Length < 10 || !TryParseDate(text, out value))
        {
            value = default;
            return false;
        }

        if (text.Length < 16 || (text[10] != 'T' && text[10] != ' '))
        {
            return true;
        }

        var hour = Two(text, 11);
        var minute = Two(text, 14);
        if (hour > 23 || minute > 59 || text[13] != ':')
        {
            return false;
        }

        read = 16;
        var ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        if (text.Length >= 19 && text[16] == ':')
        {
            var second = Two(text, 17);
            if (second > 59)
            {
                return false;
            }

            ticks += second * TimeSpan.TicksPerSecond;
            read = 19;
            if (text.Length > 20 && text[19] == '.')
            {
                ticks += Fraction(text, ref read);
            }
        }

        value = value.AddTicks(ticks);
        return true;
    }

    private static bool TryParseDate(ReadOnlySpan<byte> text, out DateTime date)
    {
        var century = Two(text, 0);
        var year = Two(text, 2);
        var month = Two(text, 5);
        var day = Two(text, 8);
        year += century * 100;
        if (text[4] != '-' || text[7] != '-' || century > 99 || year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            date = default;
            return false;
        }

        date = new DateTime(year, month, day);
        return true;
    }

    private static long Fraction(ReadOnlySpan<byte> text, ref int read)
    {
        var ticks = 0L;
        var unit = TimeSpan.TicksPerSecond / 10;
        var at = read + 1;
        for (; at < text.Length && unit > 0 && (uint)(text[at] - '0') <= 9; at++)
        {
            ticks += (text[at] - '0') * unit;
            unit /= 10;
        }

        read = at;
        return ticks;
    }

    // Two digits, or more than any part of a date can be.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var tens = (uint)(text[at] - '0');
        var ones = (uint)(text[at + 1] - '0');
        return tens > 9 || ones > 9 ? int.MaxValue / 1000 : (int)((tens * 10) + ones);
    }
}
