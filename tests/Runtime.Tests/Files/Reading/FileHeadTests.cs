using System.IO.Compression;
using System.Text;
using Weir.Runtime.Files.Reading;
using Weir.Testing;

namespace Weir.Runtime.Tests;

public sealed class FileHeadTests
{
    private const string Rows = "name,amount\nAtlanta,1\nBoston,2\n";

    private readonly SimulatedFileSystem _files = new();

    public FileHeadTests() => FilesRowCsv.Register();

    public static TheoryData<string, string> Encodings() => new()
    {
        { "utf-16", "UTF-16LE" },
        { "utf-16BE", "UTF-16BE" },
        { "utf-32", "UTF-32LE" },
        { "utf-32BE", "UTF-32BE" },
    };

    [Theory, MemberData(nameof(Encodings))]
    public void H04_Other_encodings_are_named_with_and_without_a_mark(string name, string expected)
    {
        var encoding = Encoding.GetEncoding(name);
        foreach (var content in new[] { Rows, "{\"name\":\"a\",\"amount\":1}\r\n{\"name\":\"b\",\"amount\":2}\r\n",
            "Über,größe,Ж\nä,1,Ж\n" })
        {
            foreach (var bytes in new[] { encoding.GetBytes(content), [.. encoding.GetPreamble(), .. encoding.GetBytes(content)] })
            {
                Assert.All(Refusals(bytes), message =>
                {
                    Assert.Contains(expected, message, StringComparison.Ordinal);
                    Assert.Contains("UTF-8", message, StringComparison.Ordinal);
                });
            }
        }
    }

    [Theory]
    [InlineData("код,имя,число\n1,а,2\n")]
    [InlineData("编号,名称,数量\n1,张,2\n")]
    [InlineData("όνομα;ποσό\r\n")]
    [InlineData("Товар,Ь,Т\nТТ,ЬЬ,Њ\n")]
    [InlineData("{\"имя\":\"а\",\"число\":1}\n")]
    public void H04_UTF_16_in_other_scripts_is_named_without_a_mark(string content)
    {
        foreach (var (name, expected) in new[] { ("utf-16", "UTF-16LE"), ("utf-16BE", "UTF-16BE") })
        {
            Assert.All(Refusals(Encoding.GetEncoding(name).GetBytes(content)), message =>
                Assert.Contains($"is {expected} text", message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void H05_An_Office_document_is_told_from_other_archives()
    {
        foreach (var (entry, expected) in new[] { ("[Content_Types].xml", "Office document"), ("rows.csv", "compressed (zip)") })
        {
            using var packed = new MemoryStream();
            using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            {
                using var writer = new StreamWriter(zip.CreateEntry(entry).Open());
                writer.Write(Rows);
            }

            Assert.All(Refusals(packed.ToArray()), message => Assert.Contains(expected, message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void H05_Parquet_is_named_whatever_follows_its_mark()
    {
        var random = new Random(5);
        for (var i = 0; i < 100; i++)
        {
            var body = new byte[3000];
            random.NextBytes(body);
            Assert.Contains("Parquet", FileHead.Refuse([.. "PAR1"u8, .. body]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void H05_A_gzip_file_fails_before_the_first_record_whatever_its_name()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(FilesReading.Utf8(Rows));
        }

        foreach (var name in new[] { "/in/day2.csv.gz", "/in/day2.csv" })
        {
            var files = new SimulatedFileSystem();
            files.Put("/in/day1.csv", FilesReading.Utf8(Rows));
            files.Put(name, packed.ToArray());

            var message = Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in", new CsvOptions { FileSystem = files }).List())
                .Message;

            Assert.Contains($"'{name}'", message, StringComparison.Ordinal);
            Assert.Contains("gzip", message, StringComparison.Ordinal);
            AssertReadable(message);
        }
    }

    [Theory]
    [InlineData("28B52FFD2400", "zstd")]
    [InlineData("425A68393141592653590000", "bzip2")]
    [InlineData("FD377A585A000004", "xz")]
    [InlineData("504B030414000000", "zip")]
    [InlineData("377ABCAF271C0004", "7-Zip")]
    [InlineData("04224D1864407000", "lz4")]
    [InlineData("5041523115041500", "Parquet")]
    [InlineData("4F626A0104166176", "Avro")]
    [InlineData("53514C69746520666F726D6174203300", "SQLite")]
    [InlineData("255044462D312E37", "PDF")]
    [InlineData("D0CF11E0A1B11AE1", ".xls")]
    public void H05_Other_files_that_are_no_text_are_named(string head, string expected) =>
        Assert.All(Refusals([.. Convert.FromHexString(head), .. new byte[3000]]), message =>
            Assert.Contains(expected, message, StringComparison.Ordinal));

    [Fact]
    public void H03_Lines_that_end_with_CR_alone_are_said_before_the_first_record()
    {
        var csv = "name,amount\r" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"\"row, {i}\",{i}\r"));
        var json = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{{\"name\":\"row {i}\",\"amount\":{i}}}\r"));
        foreach (var content in new[] { csv, csv + "x", csv.Replace("\r", "\r\r", StringComparison.Ordinal), json, "name,amount\ra,1" })
        {
            Assert.All(Refusals(FilesReading.Utf8(content)), message =>
                Assert.Contains("end with CR alone", message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("name,amount\n")]
    [InlineData("name,amount\r\n")]
    [InlineData("name,amount\r")]
    [InlineData("name,amount")]
    [InlineData("\uFEFFname,amount\na,1\n")]
    [InlineData("PAR1,amount\n")]
    [InlineData("ORC\n")]
    [InlineData("BZh,x\n")]
    [InlineData("PK,amount\n")]
    [InlineData("\"a\rb\",c")]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("name,amount\na,1\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("Größe,Ж,日本語\n")]
    [InlineData("name,amount\n\0,1\nb,2\n")]
    [InlineData("a\n\0b\nc\n\0d\ne,f,g,h\n")]
    public void Text_is_text(string content) => Assert.Null(FileHead.Refuse(FilesReading.Utf8(content)));

    private string[] Refusals(byte[] content)
    {
        _files.Put("/in/x.csv", content);
        var csv = Assert.Throws<SourceException>(
            () => Csv.Read<FilesRow>("/in/x.csv", new CsvOptions { FileSystem = _files, OnMalformed = MalformedRows.Skip }).List());
        var json = Assert.Throws<SourceException>(
            () => JsonLines.Read<FilesRow>("/in/x.csv", new JsonLinesOptions { FileSystem = _files }).List());
        var opened = Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in/x.csv", new CsvOptions { FileSystem = _files })
            .Open(new FileSplit("/in/x.csv", 0, content.Length, content.Length), new Offset(0), FilesReading.Context()));
        string[] messages = [csv.Message, json.Message, opened.Message];
        Assert.All(messages, AssertReadable);
        Assert.All(messages, message => Assert.Contains("'/in/x.csv'", message, StringComparison.Ordinal));
        return messages;
    }

    private static void AssertReadable(string message)
    {
        Assert.InRange(message.Length, 1, 499);
        Assert.DoesNotContain(message, c => char.IsControl(c) || c == '\uFFFD');
    }
}
