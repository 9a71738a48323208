using System.Buffers;
using System.Globalization;
using System.Text;
using Weir.Runtime.Files.Csv;
using Weir.Runtime.Files.Rows;

namespace Weir.Runtime.Tests;

public sealed class RowsTests
{
    [Theory]
    [InlineData("2001-01-01T00:47:00", "2001-01-01T00:47:00.0000000")]
    [InlineData("2001-01-01T00:47", "2001-01-01T00:47:00.0000000")]
    [InlineData("2001-12-31 23:59:58.5", "2001-12-31T23:59:58.5000000")]
    [InlineData("2001-12-31T23:59:58.1234567", "2001-12-31T23:59:58.1234567")]
    [InlineData("2001-12-31T23:59:58Z", "2001-12-31T23:59:58.0000000Z")]
    [InlineData("2001-12-31T23:59:58+01:00", "2001-12-31T22:59:58.0000000Z")]
    [InlineData("2000-02-29", "2000-02-29T00:00:00.0000000")]
    public void A_time_is_read_without_regard_to_the_machines_zone(string text, string expected) =>
        Assert.Equal(expected, Row(text).DateTime(0).ToString("O", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2001-02-29")]
    [InlineData("2001-13-01T00:00:00")]
    [InlineData("2001-01-01T24:00:00")]
    [InlineData("2001-01-01T00:60:00")]
    [InlineData("2001-01-01T00:00:00x")]
    [InlineData("0000-01-01")]
    [InlineData("yesterday")]
    [InlineData("")]
    public void What_is_no_time_is_named(string text) =>
        Assert.Contains("column 'c' ", Assert.Throws<FormatException>(() => Row(text).DateTime(0)).Message, StringComparison.Ordinal);

    [Fact]
    public void Fields_of_all_kinds_are_read()
    {
        Assert.Equal(-7, Row("-7").Int32(0));
        Assert.Equal(long.MinValue, Row("-9223372036854775808").Int64(0));
        Assert.Equal(1.5e10, Row("1.5e10").Double(0));
        Assert.Equal(0.10m, Row("0.10").Decimal(0));
        Assert.True(Row("TRUE").Boolean(0));
        Assert.False(Row("0").Boolean(0));
        Assert.Equal(new DateOnly(2001, 2, 3), Row("2001-02-03").DateOnly(0));
        Assert.Equal(new TimeOnly(23, 59), Row("23:59").TimeOnly(0));
        Assert.Equal(new TimeSpan(1, 2, 3, 4), Row("1.02:03:04").TimeSpan(0));
        Assert.Equal(DayOfWeek.Monday, Row("monday").Enum<DayOfWeek>(0));
        Assert.Equal(new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)), Row("2001-02-03T04:05:06+02:00").DateTimeOffset(0));
        Assert.Equal(TimeSpan.Zero, Row("2001-02-03T04:05:06").DateTimeOffset(0).Offset);
        Assert.Equal((byte)200, Row("200").Parse<byte>(0, "a byte"));
        Assert.Throws<FormatException>(() => Row("1 ").Int32(0));
        Assert.Throws<FormatException>(() => Row("2147483648").Int32(0));
        Assert.Throws<FormatException>(() => Row("300").Parse<byte>(0, "a byte"));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Texts_are_quoted_where_RFC_4180_asks_for_it(string? text, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new CsvRowWriter(output);
        writer.Write(text);
        writer.Write(1);

        Assert.Equal($"{expected},1", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Values_are_written_so_that_they_read_back()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new CsvRowWriter(output, (byte)';');
        writer.Write(true);
        writer.Write(0.1);
        writer.Write(1.50m);
        writer.WriteEmpty();
        writer.Write(new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        writer.Write(new DateTime(2001, 2, 3, 4, 5, 6).AddTicks(1));
        writer.Write(new DateOnly(2001, 2, 3));
        writer.Write(Guid.Empty);

        Assert.Equal(
            "true;0.1;1.50;;2001-02-03T04:05:06Z;2001-02-03T04:05:06.0000001;2001-02-03;00000000-0000-0000-0000-000000000000",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void A_pool_gives_the_text_that_was_asked_for_whatever_it_holds()
    {
        var pool = new TextPool();
        for (var i = 0; i < 20000; i++)
        {
            var text = (i % 5000).ToString(CultureInfo.InvariantCulture) + (i % 3 == 0 ? "é" : "") + new string('x', i % 40);
            Assert.Equal(text, pool.Get(Encoding.UTF8.GetBytes(text)));
        }

        Assert.Same(pool.Get("ATL"u8), pool.Get("ATL"u8));
        Assert.Equal("", pool.Get([]));
    }

    private static CsvRow Row(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new CsvRow(bytes, new[] { new Range(0, bytes.Length) }, [new CsvColumn("c", true)]);
    }
}
