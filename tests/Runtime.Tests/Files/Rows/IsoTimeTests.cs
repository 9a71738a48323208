using System.Globalization;
using System.Text;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Tests;

public sealed class IsoTimeTests
{
    [Theory]
    [InlineData("2026-03-01T23:59:59.999999999Z", "2026-03-01T23:59:59.9999999Z")]
    [InlineData("2026-03-01T23:59:59.99999999999999999999", "2026-03-01T23:59:59.9999999")]
    [InlineData("2026-03-01T23:59:59,5Z", "2026-03-01T23:59:59.5000000Z")]
    [InlineData("2026-03-01t23:59:59z", "2026-03-01T23:59:59.0000000Z")]
    [InlineData("2026-03-01 23:59", "2026-03-01T23:59:00.0000000")]
    [InlineData("2026-03-01T00:30+02", "2026-02-28T22:30:00.0000000Z")]
    [InlineData("2026-03-01T00:30:00+0200", "2026-02-28T22:30:00.0000000Z")]
    [InlineData("2026-03-01T00:30:00.5-14:00", "2026-03-01T14:30:00.5000000Z")]
    [InlineData("2026-03-01T00:30:00-00:00", "2026-03-01T00:30:00.0000000Z")]
    [InlineData("0001-01-01T00:00:00", "0001-01-01T00:00:00.0000000")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    public void H09_Fractions_are_cut_and_every_complete_form_is_read(string text, string expected)
    {
        Assert.True(IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out DateTime value));
        Assert.Equal(expected, value.ToString("O", CultureInfo.InvariantCulture));

        Assert.True(IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out DateTimeOffset instant));
        Assert.Equal(value.Ticks, instant.UtcTicks);
    }

    [Theory]
    [InlineData("05/04/2026")]
    [InlineData("25/04/2026")]
    [InlineData("01.02.2026")]
    [InlineData("12:30")]
    [InlineData("Mar 5")]
    [InlineData("5 March 2026")]
    [InlineData("2026-3-1")]
    [InlineData("2026/03/01")]
    [InlineData("20260301")]
    [InlineData("20260301T101500Z")]
    [InlineData("2026-W09-7")]
    [InlineData("2026-060")]
    [InlineData("2026-03")]
    [InlineData("2026")]
    [InlineData("26-03-01")]
    [InlineData("+2026-03-01")]
    [InlineData("-2026-03-01")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-03-01T")]
    [InlineData("2026-03-01T10")]
    [InlineData("2026-03-01T1:00")]
    [InlineData("2026-03-01T10:00:")]
    [InlineData("2026-03-01T10:00:00.")]
    [InlineData("2026-03-01T10:00.5")]
    [InlineData("2026-03-01T24:00:00Z")]
    [InlineData("2026-03-01T23:59:60Z")]
    [InlineData("2026-03-01T10:60:00Z")]
    [InlineData("2026-03-01T10:00:00 Z")]
    [InlineData("2026-03-01T10:00:00ZZ")]
    [InlineData("2026-03-01T10:00:00 PM")]
    [InlineData("2026-03-01T10:00:00 CET")]
    [InlineData("2026-03-01T10:00:00+")]
    [InlineData("2026-03-01T10:00:00+2")]
    [InlineData("2026-03-01T10:00:00+2:00")]
    [InlineData("2026-03-01T10:00:00+02:0")]
    [InlineData("2026-03-01T10:00:00+02:60")]
    [InlineData("2026-03-01T10:00:00+14:01")]
    [InlineData("2026-03-01T10:00:00+24:00")]
    [InlineData("2026-03-01T10:00:00\u221202:00")]
    [InlineData("2026-03-01Z")]
    [InlineData("2026-03-01+02:00")]
    [InlineData(" 2026-03-01T10:00:00Z")]
    [InlineData("2026-03-01T10:00:00Z ")]
    [InlineData("2026-03-01  10:00:00Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("1772323199")]
    [InlineData("now")]
    [InlineData("")]
    public void H08_Only_complete_ISO_8601_is_a_time(string text)
    {
        Assert.False(IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out DateTime _));
        Assert.False(IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out DateTimeOffset _));
        Assert.False(IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out DateOnly _));
    }

    [Theory]
    [InlineData("23:59", true)]
    [InlineData("23:59:59.123456789", true)]
    [InlineData("24:00", false)]
    [InlineData("9:00", false)]
    [InlineData("09:00Z", false)]
    [InlineData("09:00 PM", false)]
    [InlineData("T09:00", false)]
    [InlineData("2026-03-01T09:00", false)]
    [InlineData("9", false)]
    public void A_time_of_day_has_two_digits_a_part_and_no_zone(string text, bool isTime) =>
        Assert.Equal(isTime, IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out TimeOnly _));

    [Theory]
    [InlineData("2026-03-01", true)]
    [InlineData("2026-03-01T00:00:00", false)]
    [InlineData("2026-03-01T00:00:00Z", false)]
    [InlineData(" 2026-03-01", false)]
    public void A_date_has_no_time(string text, bool isDate) =>
        Assert.Equal(isDate, IsoTime.TryParse(Encoding.UTF8.GetBytes(text), out DateOnly _));

    // The framework's parser is asked with the exact format, so that it cannot guess.
    [Fact]
    public void Every_day_of_four_centuries_is_the_one_that_the_framework_reads()
    {
        for (var day = new DateOnly(1800, 1, 1); day.Year < 2200; day = day.AddDays(1))
        {
            Assert.True(IsoTime.TryParse(Encoding.UTF8.GetBytes(day.ToString("O", CultureInfo.InvariantCulture)), out DateOnly read));
            Assert.Equal(day, read);
        }
    }
}
