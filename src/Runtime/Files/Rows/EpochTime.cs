using System.Globalization;

namespace Weir.Runtime.Files.Rows;

/// <summary>
/// Reads and writes instants as numbers since 1970-01-01T00:00:00Z, where a member says so by <see cref="EpochAttribute"/>.
/// </summary>
/// <remarks>
/// A fraction may follow, but for nanoseconds; what is finer than a tick (100 ns) is cut toward the past, so that no time moves into the
/// next window.
/// </remarks>
internal static class EpochTime
{
    // The last nanosecond of the year 9999 has 21 digits; so many cannot overflow when they are multiplied.
    private const int MostDigits = 30;

    /// <summary>The most bytes that <see cref="Format"/> writes.</summary>
    public const int LongestText = 40;

    public static bool TryParse(ReadOnlySpan<byte> text, EpochUnit unit, out DateTime value)
    {
        value = default;
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.Length > MostDigits
            || !NumberText.TryParse(whole, out Int128 units)
            || (point >= 0 && (fraction.IsEmpty || unit == EpochUnit.Nanoseconds))
            || !TryTakeFraction(fraction, text[0] == '-', unit, out var ticks))
        {
            return false;
        }

        ticks += unit == EpochUnit.Nanoseconds ? Floor(units, 100) : units * TicksOf(unit);
        ticks += DateTime.UnixEpoch.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTime((long)ticks, DateTimeKind.Utc);
        return true;
    }

    /// <summary>Writes an instant so that it reads back the same. One without a zone counts as UTC.</summary>
    /// <returns>How many bytes.</returns>
    public static int Format(DateTime value, EpochUnit unit, Span<byte> text)
    {
        var utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        var ticks = (Int128)(utc.Ticks - DateTime.UnixEpoch.Ticks);
        var (number, divisor) = unit == EpochUnit.Nanoseconds ? (ticks * 100, 1) : (ticks, (int)TicksOf(unit));
        var size = 0;
        if (number < 0)
        {
            text[size++] = (byte)'-';
            number = -number;
        }

        var (units, rest) = Int128.DivRem(number, divisor);
        units.TryFormat(text[size..], out var written, default, CultureInfo.InvariantCulture);
        size += written;
        if (rest == 0)
        {
            return size;
        }

        text[size++] = (byte)'.';
        for (var digit = divisor / 10; rest != 0; digit /= 10)
        {
            text[size++] = (byte)('0' + (int)(rest / digit));
            rest %= digit;
        }

        return size;
    }

    private static bool TryTakeFraction(ReadOnlySpan<byte> fraction, bool isNegative, EpochUnit unit, out Int128 ticks)
    {
        var isCut = false;
        var digit = unit == EpochUnit.Nanoseconds ? 0 : TicksOf(unit) / 10;
        ticks = 0;
        foreach (var b in fraction)
        {
            if ((uint)(b - '0') > 9)
            {
                return false;
            }

            isCut |= digit == 0 && b != '0';
            ticks += (b - '0') * digit;
            digit /= 10;
        }

        ticks = !isNegative ? ticks : -ticks - (isCut ? 1 : 0);
        return true;
    }

    private static long TicksOf(EpochUnit unit) => unit switch
    {
        EpochUnit.Seconds => TimeSpan.TicksPerSecond,
        EpochUnit.Milliseconds => TimeSpan.TicksPerMillisecond,
        EpochUnit.Microseconds => TimeSpan.TicksPerMicrosecond,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Use a unit of EpochUnit."),
    };

    private static Int128 Floor(Int128 value, int divisor) => (value / divisor) - (value % divisor < 0 ? 1 : 0);
}
