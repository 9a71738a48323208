using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Weir.Runtime.Files.Csv;
using Weir.Runtime.Files.JsonLines;

namespace Weir.Execution.Tests;

/// <summary>The generated row formats: what is written reads back, and what cannot be read says where.</summary>
public sealed class RowsTests
{
    private static readonly RowsSample.Flight Flight =
        new(new DateTime(2001, 1, 1, 0, 47, 0, DateTimeKind.Unspecified), "ATL", -7, RowsSample.Carrier.Delta, null, "a, \"b\"");

    [Fact]
    public void A_row_of_CSV_is_read_by_its_columns()
    {
        Assert.Equal(
            new RowsSample.Flight(
                new DateTime(2001, 1, 1, 0, 47, 0, DateTimeKind.Unspecified), "ATL", -7, RowsSample.Carrier.Delta, 192, null),
            ReadCsv<RowsSample.Flight>("2001-01-01T00:47:00|ATL|-7|delta|192|"));
        Assert.Equal(RowsSample.Carrier.Delta, ReadCsv<RowsSample.Flight>("2001-01-01|ATL|-7|1||").Carrier);
        Assert.Null(ReadCsv<RowsSample.Flight>("2001-01-01|ATL|-7|1||").Distance);
    }

    [Fact]
    public void The_columns_are_the_members_or_what_they_are_named()
    {
        var columns = CsvFormats.Of<RowsSample.Flight>().Columns;

        Assert.Equal(["departure", "origin", "delay_minutes", "carrier", "distance", "note"], columns.Select(column => column.Name));
        Assert.Equal([true, true, true, true, false, false], columns.Select(column => column.IsRequired));
    }

    [Theory]
    [InlineData("2001-01-01|ATL|late|1||", "column 'delay_minutes' holds 'late', which is not a whole number")]
    [InlineData("2001-01-01|ATL||1||", "column 'delay_minutes' is empty, which is not a whole number")]
    [InlineData("2001-13-01|ATL|1|1||", "column 'departure' holds '2001-13-01'")]
    [InlineData("2001-01-01|ATL|1|KLM||", "which is not one of United, Delta")]
    [InlineData("2001-01-01|ATL|1|1|70000|", "which is not a whole number from -32768 to 32767")]
    public void A_field_that_does_not_fit_is_named(string row, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => ReadCsv<RowsSample.Flight>(row)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_row_of_CSV_is_written_with_quotes_where_needed() =>
        Assert.Equal("2001-01-01T00:47:00,ATL,-7,Delta,,\"a, \"\"b\"\"\"", WriteCsv(Flight));

    [Fact]
    public void Single_values_of_every_kind_survive_CSV() => Prop.ForAll(Narrows().ToArbitrary(), narrow =>
        Unzoned(ReadCsv<RowsSample.Narrow>(WriteCsv(narrow).Replace(',', '|'))) == Unzoned(narrow)).QuickCheckThrowOnFailure();

    [Fact]
    public void Single_values_of_every_kind_survive_JSON() => Prop.ForAll(Narrows().ToArbitrary(), narrow =>
        Unzoned(ReadJson<RowsSample.Narrow>(WriteJson(narrow))) == Unzoned(narrow)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_flight_is_a_line_of_JSON()
    {
        const string Line = """{"departure":"2001-01-01T00:47:00","origin":"ATL","delay_minutes":-7,"carrier":"Delta","distance":null,"note":"a, \u0022b\u0022"}""";

        Assert.Equal(Line, WriteJson(Flight));
        Assert.Equal(Flight, ReadJson<RowsSample.Flight>(Line));
    }

    [Fact]
    public void Objects_lists_and_dictionaries_nest_in_JSON()
    {
        var order = new RowsSample.Order
        {
            Id = 7,
            Customer = new("Ann", null),
            Tags = ["x", "y"],
            Prices = new() { ["b"] = 0.1, ["a"] = null },
            PaidIn = DayOfWeek.Friday,
            Numbers = [1, null],
            Picture = [1, 2, 3],
        };
        const string Line = """{"id":7,"customer":{"name":"Ann","mail":null},"tags":["x","y"],"prices":{"a":null,"b":0.1},"paid_in":"Friday","numbers":[1,null],"picture":"AQID"}""";

        Assert.Equal(Line, WriteJson(order));
        Assert.Equal(Line, WriteJson(ReadJson<RowsSample.Order>(Line)));
    }

    [Fact]
    public void Unknown_properties_are_skipped_and_optional_ones_may_be_missing()
    {
        var order = ReadJson<RowsSample.Order>("""{"more":{"a":[1,{"id":9}]},"Id":8,"tags":[],"numbers":[],"PAID-IN":"x"}""");

        Assert.Equal(8, order.Id);
        Assert.Null(order.Customer);
        Assert.Null(order.PaidIn);
    }

    [Theory]
    [InlineData("""{"tags":[],"numbers":[]}""", "property 'id' of Weir.Execution.Tests.RowsSample.Order is missing")]
    [InlineData("""{"id":1.5,"tags":[],"numbers":[]}""", "property 'id' holds 1.5, which is not a whole number")]
    [InlineData("""{"id":"1","tags":[],"numbers":[]}""", "property 'id' holds \"1\", which is not a whole number")]
    [InlineData("""{"id":1,"tags":[7],"numbers":[]}""", "property 'item' holds 7, which is not a text")]
    [InlineData("""{"id":1,"tags":{},"numbers":[]}""", "stands where an array should")]
    [InlineData("""{"id":1,"customer":[],"tags":[],"numbers":[]}""", "an array stands where an object with the properties of")]
    [InlineData("""{"id":1,"customer":{},"tags":[],"numbers":[]}""", "property 'name' of Weir.Execution.Tests.RowsSample.Customer is missing")]
    [InlineData("""{"id":1,"paid_in":"Someday","tags":[],"numbers":[]}""", "property 'paid_in' holds \"Someday\", which is not one of Sunday, Monday")]
    [InlineData("[]", "stands where an object")]
    public void A_property_that_does_not_fit_is_named(string line, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => ReadJson<RowsSample.Order>(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_row_costs_no_allocation_but_its_texts()
    {
        var csv = CsvFormats.Of<RowsSample.Hop>();
        var json = JsonFormats.Of<RowsSample.Hop>();
        var line = "2001-01-01T00:47:00192delta"u8.ToArray();
        Range[] fields = [0..19, 19..22, 0..0, 22..27, 0..0];
        var output = new ArrayBufferWriter<byte>(1 << 12);
        using var writer = new Utf8JsonWriter(output);
        void Once()
        {
            var row = new CsvRow(line, fields, csv.Columns);
            var hop = csv.Read(ref row) with { Carrier = RowsSample.Carrier.Delta, Air = TimeSpan.FromMinutes(90) };
            output.ResetWrittenCount();
            writer.Reset(output);
            json.Write(writer, hop);
            writer.Flush();
            var reader = new Utf8JsonReader(output.WrittenSpan);
            reader.Read();
            json.Read(ref reader);
            output.ResetWrittenCount();
            var csvWriter = new CsvRowWriter(output);
            csv.Write(ref csvWriter, hop);
        }

        Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Once();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Gen<RowsSample.Narrow> Narrows() =>
        from a in ArbMap.Default.GeneratorFor<(bool, sbyte, byte, short, ushort, int)>()
        from b in ArbMap.Default.GeneratorFor<(uint, long, ulong, float, double, decimal)>()
        from c in ArbMap.Default.GeneratorFor<(Guid, DateTime, DateTimeOffset, DateOnly, TimeOnly, TimeSpan)>()
        from text in Gen.Elements("", "ATL", "Ω \"quoted\"", " blank ")
        from day in Gen.Elements(Enum.GetValues<DayOfWeek>())
        select new RowsSample.Narrow(
            a.Item1, a.Item2, a.Item3, a.Item4, a.Item5, a.Item6, b.Item1, b.Item2, b.Item3, 'x', b.Item4, b.Item5, b.Item6,
                (Int128)b.Item2 * b.Item2, (UInt128)b.Item3 * b.Item3,
            text, c.Item1, DateTime.SpecifyKind(c.Item2, DateTimeKind.Utc), c.Item3, c.Item4, c.Item5, c.Item6, day);

    // Offsets are kept to the minute, which is what ISO 8601 has.
    private static RowsSample.Narrow Unzoned(RowsSample.Narrow narrow) => narrow with { S = narrow.S.ToUniversalTime() };

    // Fields stand between bars here: finding them in a file is tested with the sources.
    private static T ReadCsv<T>(string row)
    {
        var format = CsvFormats.Of<T>();
        var fields = new List<Range>();
        var text = new StringBuilder();
        foreach (var field in row.Split('|'))
        {
            var content = field is ['"', .., '"'] ? field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : field;
            var start = Encoding.UTF8.GetByteCount(text.ToString());
            text.Append(content);
            fields.Add(start..Encoding.UTF8.GetByteCount(text.ToString()));
        }

        var csv = new CsvRow(Encoding.UTF8.GetBytes(text.ToString()), fields.ToArray(), format.Columns);
        return format.Read(ref csv);
    }

    private static string WriteCsv<T>(T value)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new CsvRowWriter(output);
        CsvFormats.Of<T>().Write(ref writer, value);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static T ReadJson<T>(string line)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line));
        Assert.True(reader.Read());
        var value = JsonFormats.Of<T>().Read(ref reader);
        Assert.False(reader.Read());
        return value;
    }

    private static string WriteJson<T>(T value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            JsonFormats.Of<T>().Write(writer, value);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
