using System.Globalization;
using System.Text;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Tests;

/// <summary>Numbers, durations, enums and epochs: one grammar for CSV and JSON.</summary>
public sealed class ValueTextTests
{
    public enum Step
    {
        New,
        Paid,
        Shipped,
    }

#pragma warning disable CA1069 // Two names for one value: that is what is tested.
    public enum Twice : sbyte
    {
        Zulu = -1,
        Alpha = -1,
        Beta = 2,
    }
#pragma warning restore CA1069

    [Flags]
    public enum Rights : byte
    {
        None = 0,
        Read = 1,
        Write = 2,
    }

    [Theory]
    [InlineData("24:00:00", "1.00:00:00")]
    [InlineData("48:30:00", "2.00:30:00")]
    [InlineData("1.02:03:04.5", "1.02:03:04.5000000")]
    [InlineData("-00:00:01", "-00:00:01")]
    [InlineData("00:00:00.123456789", "00:00:00.1234567")]
    [InlineData("-10675199.02:48:05.4775808", "-10675199.02:48:05.4775808")]
    [InlineData("10675199.02:48:05.4775807", "10675199.02:48:05.4775807")]
    [InlineData("9:05", "09:05:00")]
    public void H10_Hours_are_hours_however_many(string text, string expected)
    {
        Assert.True(DurationText.TryParse(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(expected, value.ToString("c", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("1.24:00:00")]
    [InlineData("1.5:00:00")]
    [InlineData("1:02:03:04")]
    [InlineData("00:60:00")]
    [InlineData("00:00:60")]
    [InlineData("00:00:00.")]
    [InlineData("00:0:00")]
    [InlineData(" 00:00:00")]
    [InlineData("+00:00:00")]
    [InlineData("10675199.02:48:05.4775808")]
    [InlineData("999999999.00:00:00")]
    [InlineData("9999999999:00:00")]
    [InlineData("PT1H")]
    [InlineData("")]
    public void H10_What_could_be_days_or_hours_is_no_duration(string text) =>
        Assert.False(DurationText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("007")]
    [InlineData("-120")]
    public void A_number_of_digits_is_a_number_of_every_type(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.True(NumberText.TryParse(bytes, out int whole));
        Assert.True(NumberText.TryParse(bytes, out Int128 wide));
        Assert.True(NumberText.TryParse(bytes, out double number));
        Assert.True(NumberText.TryParse(bytes, out float single));
        Assert.True(NumberText.TryParse(bytes, out decimal exact));
        Assert.True(WholeNumber.TryParseShort(bytes, out var small));
        Assert.All([(decimal)wide, (decimal)number, (decimal)single, exact, small], value => Assert.Equal(whole, value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("\t1")]
    [InlineData("+1")]
    [InlineData("1,000")]
    [InlineData("1_000")]
    [InlineData("--1")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("e1")]
    [InlineData("0x10")]
    [InlineData("(1)")]
    [InlineData("$1")]
    [InlineData("1f")]
    [InlineData("\u0661")]
    [InlineData("nan")]
    [InlineData("NAN")]
    [InlineData("inf")]
    [InlineData("infinity")]
    [InlineData("+Infinity")]
    [InlineData("\u221E")]
    public void H07_Blanks_signs_and_separators_make_a_number_of_no_type(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.False(NumberText.TryParse(bytes, out int _));
        Assert.False(NumberText.TryParse(bytes, out ulong _));
        Assert.False(NumberText.TryParse(bytes, out double _));
        Assert.False(NumberText.TryParse(bytes, out float _));
        Assert.False(NumberText.TryParse(bytes, out decimal _));
        Assert.False(WholeNumber.TryParseShort(bytes, out _));
    }

    [Fact]
    public void A_number_that_its_type_cannot_hold_is_none()
    {
        Assert.False(NumberText.TryParse("2147483648"u8, out int _));
        Assert.False(NumberText.TryParse("-1"u8, out byte _));
        Assert.False(NumberText.TryParse("1.0"u8, out int _));
        Assert.False(NumberText.TryParse("1e2"u8, out int _));
        Assert.False(NumberText.TryParse("1e999"u8, out double _));
        Assert.False(NumberText.TryParse("1e39"u8, out float _));
        Assert.False(NumberText.TryParse("79228162514264337593543950336"u8, out decimal _));
    }

    [Theory]
    [InlineData("0.1234567890123456789012345678", true)]
    [InlineData("0.12345678901234567890123456789", false)]
    [InlineData("0.123456789012345678901234567800000000", true)]
    [InlineData("79228162514264337593543950335", true)]
    [InlineData("7.9228162514264337593543950335", true)]
    [InlineData("7.92281625142643375935439503351", false)]
    [InlineData("1e-28", true)]
    [InlineData("1e-29", false)]
    [InlineData("12.50e3", true)]
    [InlineData("0e99999", true)]
    [InlineData("-0.00", true)]
    [InlineData("00000000000000000000000000000000001.5", true)]
    public void A_decimal_holds_every_digit_of_its_text_or_is_none(string text, bool isExact) =>
        Assert.Equal(isExact, NumberText.TryParse(Encoding.UTF8.GetBytes(text), out decimal _));

    [Theory]
    [InlineData("1", Step.Paid)]
    [InlineData("paid", Step.Paid)]
    [InlineData("PAID", Step.Paid)]
    [InlineData("-0", Step.New)]
    public void H11_A_name_or_the_number_of_one_is_an_enum_value(string text, Step expected)
    {
        Assert.True(EnumText<Step>.TryParse(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("New,Paid")]
    [InlineData("New, Paid")]
    [InlineData("-1")]
    [InlineData("4294967297")]
    [InlineData("1.0")]
    [InlineData("+1")]
    [InlineData(" Paid")]
    [InlineData("Paid ")]
    [InlineData("")]
    [InlineData(",")]
    public void H11_What_has_no_name_is_no_enum_value(string text) =>
        Assert.False(EnumText<Step>.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void H11_Of_two_names_for_a_value_either_is_read_and_always_the_same_is_written()
    {
        Assert.True(EnumText<Twice>.TryParse("Zulu"u8, out var first));
        Assert.True(EnumText<Twice>.TryParse("alpha"u8, out var second));
        Assert.True(EnumText<Twice>.TryParse("-1"u8, out var third));
        Assert.Equal([Twice.Alpha, Twice.Alpha, Twice.Alpha], [first, second, third]);
        Assert.Equal("Alpha", Encoding.UTF8.GetString(EnumText<Twice>.Name(Twice.Zulu)));
        Assert.False(EnumText<Twice>.TryParse("255"u8, out _));
    }

    [Fact]
    public void H11_Flags_are_sums_of_names_and_of_nothing_else()
    {
        Assert.True(EnumText<Rights>.TryParse("Read, write"u8, out var both));
        Assert.Equal(Rights.Read | Rights.Write, both);
        Assert.True(EnumText<Rights>.TryParse("3"u8, out both));
        Assert.Equal(Rights.Read | Rights.Write, both);
        Assert.True(EnumText<Rights>.TryParse(Encoding.UTF8.GetBytes(EnumText<Rights>.Describe(both)), out both));
        Assert.Equal(Rights.Read | Rights.Write, both);
        Assert.False(EnumText<Rights>.TryParse("4"u8, out _));
        Assert.False(EnumText<Rights>.TryParse("Read,"u8, out _));
        Assert.False(EnumText<Rights>.TryParse("Read,4"u8, out _));
        Assert.Equal("4", EnumText<Rights>.Describe((Rights)4));
    }

    [Theory]
    [InlineData("1772323199", EpochUnit.Seconds, "2026-02-28T23:59:59.0000000Z")]
    [InlineData("1772323199.99999999", EpochUnit.Seconds, "2026-02-28T23:59:59.9999999Z")]
    [InlineData("-0.00000001", EpochUnit.Seconds, "1969-12-31T23:59:59.9999999Z")]
    [InlineData("-1", EpochUnit.Milliseconds, "1969-12-31T23:59:59.9990000Z")]
    [InlineData("1772323199999", EpochUnit.Milliseconds, "2026-02-28T23:59:59.9990000Z")]
    [InlineData("1772323199999999", EpochUnit.Microseconds, "2026-02-28T23:59:59.9999990Z")]
    [InlineData("1772323199999999999", EpochUnit.Nanoseconds, "2026-02-28T23:59:59.9999999Z")]
    [InlineData("-1", EpochUnit.Nanoseconds, "1969-12-31T23:59:59.9999999Z")]
    [InlineData("-62135596800", EpochUnit.Seconds, "0001-01-01T00:00:00.0000000Z")]
    public void An_epoch_is_cut_toward_the_past(string text, EpochUnit unit, string expected)
    {
        Assert.True(EpochTime.TryParse(Encoding.UTF8.GetBytes(text), unit, out var value));
        Assert.Equal(expected, value.ToString("O", CultureInfo.InvariantCulture));

        Span<byte> written = stackalloc byte[EpochTime.LongestText];
        Assert.True(EpochTime.TryParse(written[..EpochTime.Format(value, unit, written)], unit, out var again));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e9")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("-62135596801")]
    [InlineData("253402300800")]
    [InlineData("99999999999999999999")]
    [InlineData("2026-03-01T00:00:00Z")]
    public void What_is_no_number_of_seconds_is_no_epoch(string text) =>
        Assert.False(EpochTime.TryParse(Encoding.UTF8.GetBytes(text), EpochUnit.Seconds, out _));

    [Fact]
    public void An_excerpt_is_short_and_prints()
    {
        Assert.Equal("a\\0\\r\\n\\t\\xFF\\u{202E}é", Excerpt.Of([.. "a\0\r\n\t"u8, 0xFF, .. "\u202Eé"u8]));
        Assert.Equal($"{new string('x', 40)}… (5000 bytes)", Excerpt.Of(Encoding.UTF8.GetBytes(new string('x', 5000))));
        Assert.Equal($"{new string('x', 40)}… (5000 characters)", Excerpt.Of(new string('x', 5000)));
        Assert.InRange(Excerpt.Of(Enumerable.Repeat("column", 10000)).Length, 1, 200);
    }
}
