using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Weir.Runtime.Files.Csv;
using Weir.Runtime.Files.JsonLines;
using Weir.Runtime.Files.Writing;
using Weir.Testing;

namespace Weir.Execution.Tests;

/// <summary>What the sinks write, the sources read back the same: values of every type, whole files, both formats.</summary>
public sealed class RowsLawsTests
{
    private static readonly string[] Texts =
        ["", "a", " ", "\t", " a ", "\"", "\"\"", "a\"b", ",", "a,b", "\n", "a\r\nb", "\r", "\0", "a\0b", "null", "NaN", "\uFEFF", "é",
            "日本語", "😀", "'", "\\", "\\u0061", "{}", "1"];

    [Fact]
    public void Every_value_survives_a_CSV_file() => Prop.ForAll(Everys().ArrayOf().ToArbitrary(), values =>
        Assert.Equal(values,
            ReadCsv<RowsSample.Every>(Written(new CsvRowEncoder<RowsSample.Every>(CsvFormats.Of<RowsSample.Every>()), values))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_value_survives_a_JSON_file() => Prop.ForAll(Everys().ArrayOf().ToArbitrary(), values =>
        Assert.Equal(values,
            ReadJson<RowsSample.Every>(Written(new JsonRowEncoder<RowsSample.Every>(JsonFormats.Of<RowsSample.Every>()), values))))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_file_of_one_column_tells_a_missing_value_from_an_empty_one()
    {
        RowsSample.OnlyText[] texts = [new(null), new(""), new("a"), new(null), new("\n"), new(null)];
        Assert.Equal(texts, ReadCsv<RowsSample.OnlyText>(
            Written(new CsvRowEncoder<RowsSample.OnlyText>(CsvFormats.Of<RowsSample.OnlyText>()), texts)));

        RowsSample.OnlyNumber[] numbers = [new(null), new(1), new(null)];
        Assert.Equal(numbers,
            ReadCsv<RowsSample.OnlyNumber>(
            Written(new CsvRowEncoder<RowsSample.OnlyNumber>(CsvFormats.Of<RowsSample.OnlyNumber>()), numbers)));

        RowsSample.OnlyName[] names = [new(""), new("a"), new("")];
        Assert.Equal(names, ReadCsv<RowsSample.OnlyName>(
            Written(new CsvRowEncoder<RowsSample.OnlyName>(CsvFormats.Of<RowsSample.OnlyName>()), names)));
    }

    [Theory]
    [InlineData("05/04/2026")]
    [InlineData("2026-03-01T24:00:00Z")]
    [InlineData("2026-02-30")]
    [InlineData("2026-03-01T23:59:59.999999999Z")]
    [InlineData("2026-03-01 12:30")]
    [InlineData("24:00:00")]
    [InlineData("1.02:03:04")]
    [InlineData("7")]
    [InlineData("-1")]
    [InlineData("1")]
    [InlineData("1.50")]
    [InlineData("1e3")]
    [InlineData("1e999")]
    [InlineData("1e-40")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("infinity")]
    [InlineData("delta")]
    [InlineData("United,Delta")]
    [InlineData("read, own")]
    [InlineData("ab")]
    [InlineData("é")]
    public void CSV_and_JSON_agree_on_what_a_value_looks_like(string text)
    {
        var isNumber = text[0] is '-' or (>= '0' and <= '9')
            && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);
        foreach (var member in CsvFormats.Of<RowsSample.Every>().Columns.Select(column => column.Name)
            .Where(name => name is not ("name" or "text" or "truth" or "letter")))
        {
            // A member is read from its kind of JSON: numbers from numbers, names and times from texts. One of both must agree with CSV.
            var csv = Try(() => ReadCsv<RowsSample.Every>(Required(member, text)));
            var asText = Try(() => ReadJson<RowsSample.Every>(RequiredJson(member, $"\"{text}\"")));
            var asNumber = isNumber ? Try(() => ReadJson<RowsSample.Every>(RequiredJson(member, text))) : null;

            Assert.Equal(csv, asText ?? asNumber);
        }
    }

    [Theory]
    [InlineData("""{"id":1,"amount":1,"amount":2}""", "amount")]
    [InlineData("""{"id":1,"amount":1,"Amount":2}""", "amount")]
    [InlineData("""{"id":1,"AMOUNT":1,"amount":1}""", "amount")]
    [InlineData("""{"id":1,"amount":1,"\u0061mount":2}""", "amount")]
    [InlineData("""{"id":1,"\u0041mount":1,"amount":1}""", "amount")]
    [InlineData("""{"id":1,"amount":1,"id":1}""", "id")]
    [InlineData("""{"id":1,"amount":1,"more":null,"more":{}}""", "more")]
    [InlineData("""{"id":1,"amount":1,"more":{"a":1,"a":2}}""", "a")]
    [InlineData("""{"id":1,"amount":1,"more":{"a":1,"\u0061":2}}""", "a")]
    public void H13_A_property_that_is_there_twice_is_malformed_and_named(string line, string property)
    {
        var message = Assert.Throws<SourceException>(() => ReadJson<RowsSample.Payment>(Encoding.UTF8.GetBytes(line))).Message;

        Assert.Contains($"property '{property}' of", message, StringComparison.Ordinal);
        Assert.Contains("there twice", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ID":1,"Amount":2.50}""")]
    [InlineData("""{"x":1,"x":2,"\u0069d":1,"amount":2.50,"more":null}""")]
    public void H13_Case_and_escapes_do_not_count_nor_what_no_member_is_called(string line) =>
        Assert.Equal([new RowsSample.Payment(1, 2.50m, null)], ReadJson<RowsSample.Payment>(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData("""{"id":1,"amount":"\ud800"}""")]
    [InlineData("""{"id":1,"amount":1,"\ud800":1}""")]
    [InlineData("""{"id":1,"amount":1,"more":{"\udc00x":1}}""")]
    [InlineData("""{"id":1,"amount":1,}""")]
    [InlineData("""{"id":1,"amount":1} // comment""")]
    [InlineData("""{"id":1,"amount":01}""")]
    [InlineData("""{"id":1,"amount":+1}""")]
    [InlineData("""{"id":1,"amount":.5}""")]
    [InlineData("""{"id":1,"amount":NaN}""")]
    [InlineData("""{"id":1,"amount":1e400}""")]
    [InlineData("""{"id":1.0,"amount":1}""")]
    [InlineData("""{"id":99999999999999999999999999999999999999999999999999,"amount":1}""")]
    [InlineData("""{'id':1,'amount':1}""")]
    [InlineData("""{"id":1,"amount":1}{"id":1,"amount":1}""")]
    [InlineData("""[{"id":1,"amount":1}]""")]
    [InlineData("null")]
    [InlineData("   ")]
    public void What_is_no_JSON_object_is_malformed_in_a_short_message(string line)
    {
        var message = Assert.Throws<SourceException>(() => ReadJson<RowsSample.Payment>(Encoding.UTF8.GetBytes(line))).Message;

        Assert.StartsWith("Line 1 of '/in.jsonl' is malformed: ", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 1, 499);
    }

    [Fact]
    public void Deep_JSON_is_malformed_and_costs_no_stack()
    {
        var deep = $$"""{"id":1,"amount":1,"other":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""";

        Assert.Contains("is malformed", Assert.Throws<SourceException>(() => ReadJson<RowsSample.Payment>(Encoding.UTF8.GetBytes(deep)))
            .Message, StringComparison.Ordinal);
    }

    private static Gen<RowsSample.Every> Everys() =>
        from texts in Gen.Elements(Texts).Two()
        from numbers in ArbMap.Default.GeneratorFor<(double, float, decimal, long)>()
        from others in ArbMap.Default.GeneratorFor<(bool, TimeSpan, Guid, char)>()
        from ticks in Instants().Two()
        from offset in Gen.Choose(-14 * 60, 14 * 60)
        from missing in Gen.Choose(0, 3)
        from rights in Gen.Elements<byte>(0, 1, 2, 3, 128, 129, 131)
        from kind in Gen.Elements(DateTimeKind.Utc, DateTimeKind.Unspecified)
        let first = new DateTime(ticks.Item1, DateTimeKind.Utc)
        let second = new DateTime(ticks.Item2, kind)
        select new RowsSample.Every(
            missing == 1 ? null : texts.Item1,
            texts.Item2,
            missing == 2 || char.IsSurrogate(others.Item4) ? null : others.Item4,
            missing == 3 ? null : numbers.Item1,
            missing == 3 ? null : numbers.Item2,
            missing == 2 ? null : numbers.Item3,
            missing == 1 ? null : numbers.Item4,
            missing == 1 ? null : (Int128)numbers.Item4 * long.MaxValue,
            missing == 2 ? null : others.Item1,
            (RowsSample.Rights)rights,
            missing == 3 ? null : RowsSample.Carrier.Delta,
            missing == 1 ? null : second,
            missing == 2 ? null : Shifted(ticks.Item1, offset),
            missing == 3 ? null : DateOnly.FromDateTime(first),
            missing == 1 ? null : TimeOnly.FromDateTime(second),
            missing == 2 ? null : others.Item2,
            missing == 3 ? null : others.Item3,
            first,
            new DateTimeOffset(first),
            missing == 1 ? null : first)
        {
            Nanoseconds = missing == 2 ? null : new DateTimeOffset(first),
        };

    // The ends of time, whole seconds, and every tick between.
    private static Gen<long> Instants() => Gen.OneOf(
        Gen.Elements(0, DateTime.MaxValue.Ticks, DateTime.UnixEpoch.Ticks, DateTime.UnixEpoch.Ticks - 1),
        from second in Gen.Choose(0, int.MaxValue)
        from tick in Gen.Choose(0, 9_999_999)
        from isWhole in Gen.Elements(true, false)
        select (second * 146L * TimeSpan.TicksPerSecond) + (isWhole ? 0 : tick));

    private static DateTimeOffset Shifted(long ticks, int minutes)
    {
        var day = TimeSpan.TicksPerDay;
        return new DateTimeOffset(Math.Clamp(ticks, day, DateTime.MaxValue.Ticks - day), TimeSpan.FromMinutes(minutes));
    }

    private static byte[] Written<T>(RowEncoder<T> encoder, T[] values)
    {
        using (encoder)
        {
            var output = new ArrayBufferWriter<byte>();
            encoder.WriteHeader(output);
            Assert.Equal(values.Length, encoder.Write(values, output, int.MaxValue));
            return output.WrittenSpan.ToArray();
        }
    }

    private static List<T> ReadCsv<T>(byte[] content)
    {
        var files = new SimulatedFileSystem();
        files.Put("/in.csv", content);
        return ReadAll(Csv.Read<T>("/in.csv", new CsvOptions { FileSystem = files, MultilineFields = true }));
    }

    private static List<T> ReadJson<T>(byte[] content)
    {
        var files = new SimulatedFileSystem();
        files.Put("/in.jsonl", content);
        return ReadAll(JsonLines.Read<T>("/in.jsonl", new JsonLinesOptions { FileSystem = files }));
    }

    private static List<T> ReadAll<T>(Source<T, FileSplit> source)
    {
        var context = new SourceContext("from", 1, TimeProvider.System, _ => { });
        var records = new List<T>();
        foreach (var split in source.ListSplitsAsync(context, CancellationToken.None).AsTask().GetAwaiter().GetResult())
        {
            using var reader = source.Open(split, source.StartOf(split), context);
            var batch = new Batch<T>(7);
            var status = ReadStatus.Available;
            while (status != ReadStatus.End)
            {
                status = reader.Read(batch);
                records.AddRange(batch.Values);
                batch.Clear();
            }
        }

        return records;
    }

    // A row in which all members that must be there are, and one more holds the text in question.
    private static byte[] Required(string member, string text)
    {
        var values = new Dictionary<string, string>
        {
            ["name"] = "x",
            ["rights"] = "Read",
            ["seconds"] = "0",
            ["milliseconds"] = "0",
            [member] = text,
        };
        return Encoding.UTF8.GetBytes(
            $"{string.Join(',', values.Keys)}\n{string.Join(',', values.Values.Select(value => $"\"{value}\""))}\n");
    }

    private static byte[] RequiredJson(string member, string json)
    {
        var values = new Dictionary<string, string>
        {
            ["name"] = "\"x\"",
            ["rights"] = "\"Read\"",
            ["seconds"] = "0",
            ["milliseconds"] = "0",
            [member] = json,
        };
        return Encoding.UTF8.GetBytes($"{{{string.Join(',', values.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}");
    }

    private static RowsSample.Every? Try(Func<List<RowsSample.Every>> read)
    {
        try
        {
            return read().Single();
        }
        catch (SourceException)
        {
            return null;
        }
    }
}
