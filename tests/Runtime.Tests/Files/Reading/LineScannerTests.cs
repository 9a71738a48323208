using System.Text;
using Weir.Runtime.Files.Reading;
using Weir.Runtime.Files.Rows;
using Weir.Testing;

namespace Weir.Runtime.Tests;

public sealed class LineScannerTests
{
    private const int Million = 1_000_000;

    public LineScannerTests() => FilesRowCsv.Register();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void H01_A_quote_within_a_plain_field_opens_nothing(bool isMultiline)
    {
        var files = new SimulatedFileSystem();
        files.Put("/in.csv",
            FilesReading.Utf8("amount,name,qty\n1,5\" pipe,3\n" + string.Concat(Enumerable.Repeat("2,steel,1\n", Million))));
        var rows = Csv.Read<FilesRow>("/in.csv", new CsvOptions { FileSystem = files, MultilineFields = isMultiline })
            .ReadAll(batchSize: 1024);

        Assert.Equal(Million + 1, rows.Count);
        Assert.Equal(new("5\" pipe", 1), rows[0]);
        Assert.Equal(new("steel", 2), rows[^1]);
    }

    [Theory]
    [InlineData("3,\"steel,1\n", 1 << 20, "before the end of the file")]
    [InlineData("3,\"steel,1\n", 1 << 16, "within 65536 bytes")]
    public void H01_A_quote_that_never_ends_names_its_line_and_costs_no_other(string broken, int maxLineBytes, string reason)
    {
        var content = "amount,name,qty\n1,a,1\n2,\"b\nb\",1\n" + broken + string.Concat(Enumerable.Repeat("4,steel,1\n", 20_000));
        var files = new SimulatedFileSystem();
        files.Put("/in.csv", FilesReading.Utf8(content));
        var options = new CsvOptions { FileSystem = files, MultilineFields = true, MaxLineBytes = maxLineBytes, BufferBytes = 1 << 12 };

        var error = Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in.csv", options).ReadAll());
        Assert.StartsWith("Line 5 of '/in.csv' is malformed: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("opens in line 5", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 499);

        var skipped = 0L;
        var rows = Csv.Read<FilesRow>("/in.csv", options with { OnMalformed = MalformedRows.Skip })
            .ReadAll(countSkipped: count => skipped += count);
        Assert.Equal([new("a", 1), new("b\nb", 2), .. Enumerable.Repeat(new FilesRow("steel", 4), 20_000)], rows);
        Assert.Equal(1, skipped);
    }

    [Fact]
    public void H01_A_quote_that_opens_further_down_a_row_names_that_line()
    {
        var files = new SimulatedFileSystem();
        files.Put("/in.csv", FilesReading.Utf8("amount,name\n\"1\n\",\"a\nx,2\nb,3\n"));

        var message = Assert.Throws<SourceException>(
            () => Csv.Read<FilesRow>("/in.csv", new CsvOptions { FileSystem = files, MultilineFields = true }).ReadAll()).Message;

        Assert.Contains("opens in line 3, the row begins in line 2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,\"a\"x\",1\n")]
    [InlineData("1,\"a,1\n2,\"b\",1\n")]
    [InlineData("\"1,\"a\",1\n2,\"b\",1\n")]
    [InlineData("1,\"a\" ,1\n")]
    [InlineData("1, \"a\",1\n")]
    public void A_broken_row_costs_one_line(string broken)
    {
        var good = broken.Count(c => c == '\n') - 1;
        var files = new SimulatedFileSystem();
        files.Put("/in.csv", FilesReading.Utf8("amount,name,qty\n0,\"x\ny\",1\n" + broken + "3,\"c\nc\",1\n4,d,1\n"));
        var skipped = 0L;
        var source = Csv.Read<FilesRow>(
            "/in.csv", new CsvOptions { FileSystem = files, MultilineFields = true, OnMalformed = MalformedRows.Skip, BufferBytes = 16 });

        var rows = source.ReadAll(countSkipped: count => skipped += count);

        Assert.Equal(1, skipped);
        Assert.Equal([new("x\ny", 0), .. Enumerable.Repeat(new FilesRow("b", 2), good), new("c\nc", 3), new("d", 4)], rows);
        Assert.Equal(rows, source.ReadAllRestarting(parallelism: 1, batchSize: 1));
    }

    [Theory]
    [InlineData("x\",\"\n")]
    [InlineData("\"a\"\"\n")]
    [InlineData("\"\"\"\"\n")]
    [InlineData("\"\n")]
    [InlineData("\",\"\n")]
    [InlineData("\"\"\"\n")]
    [InlineData(",\"\",\n")]
    public void A_file_of_stray_quotes_is_read_in_linear_time(string line)
    {
        var content = FilesReading.Utf8(string.Concat(Enumerable.Repeat(line, 50_000)));
        var files = new SimulatedFileSystem();
        files.Put("/in.csv", content);
        var options = new CsvOptions { FileSystem = files, MultilineFields = true, BufferBytes = 1 << 12, MaxLineBytes = 1 << 16 };
        using var scanner = new LineScanner(
            files.OpenRead("/in.csv"), "/in.csv", content.Length, options, new FieldScan((byte)',', trimsBlanks: false))
        { MostFields = 3 };

        for (var isOver = false; !isOver;)
        {
            var before = scanner.Offset;
            try
            {
                isOver = !scanner.TryRead(out _);
            }
            catch (FormatException)
            {
                Assert.True(scanner.Offset > before, "a broken row must be passed by");
            }
        }

        Assert.Equal(content.Length, scanner.Offset);
        Assert.InRange(scanner.BytesScanned, 0, content.Length * 8L);
    }

    [Fact]
    public void Blanks_around_fields_are_trimmed_if_asked_for()
    {
        var files = new SimulatedFileSystem();
        files.Put("/in.csv", FilesReading.Utf8("amount, name ,\tqty\n 1 , \"Smith, \nJohn\" , x\n2,\tplain text ,\n3,\" kept \",x\n"));

        Assert.Equal(
            [new("Smith, \nJohn", 1), new("plain text", 2), new(" kept ", 3)],
            Csv.Read<FilesRow>("/in.csv", new CsvOptions { FileSystem = files, MultilineFields = true, TrimBlanks = true }).ReadAll());
    }

    [Fact]
    public void A_line_without_an_end_is_not_skipped_for_ever()
    {
        var files = new SimulatedFileSystem();
        files.Put("/in.csv", FilesReading.Utf8("name,amount\n" + new string('x', 100_000)));
        var options = new CsvOptions { FileSystem = files, MinSplitSizeBytes = 1000, MaxLineBytes = 4096, BufferBytes = 1024 };

        foreach (var split in Csv.Read<FilesRow>("/in.csv", options).List(parallelism: 8).Skip(1).Take(3))
        {
            Assert.Contains("longer than 4096 bytes", Assert.Throws<SourceException>(
                () => Csv.Read<FilesRow>("/in.csv", options).Open(split, new Offset(split.Start), FilesReading.Context())).Message,
                    StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_step_does_bounded_work_whatever_the_lines_hold()
    {
        var files = new SimulatedFileSystem();
        foreach (var content in new[] { new string('\n', 1 << 20), string.Concat(Enumerable.Repeat("x\n", 1 << 18)) })
        {
            files.Put("/in.csv", Encoding.UTF8.GetBytes("name,amount\n" + content));
            var skipped = 0L;
            var source = Csv.Read<FilesRow>("/in.csv", new CsvOptions { FileSystem = files, OnMalformed = MalformedRows.Skip });
            using var reader = source.Open(source.List()[0], new Offset(0), FilesReading.Context(countSkipped: count => skipped += count));
            var batch = new Batch<FilesRow>();
            var (steps, last, status) = (0, 0L, ReadStatus.Available);
            for (; status != ReadStatus.End; steps++)
            {
                status = reader.Read(batch);
                Assert.InRange(reader.Offset.Value - last, 1, 100_000);
                last = reader.Offset.Value;
            }

            Assert.InRange(steps, 10, 1000);
            Assert.Equal(content[0] == 'x' ? 1 << 18 : 0, skipped);
        }
    }
}
