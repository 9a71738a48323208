using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>CSV files as people have them.</summary>
public sealed class CsvCasesTests
{
    private readonly SimulatedFileSystem _files = new();

    public CsvCasesTests()
    {
        FilesRowCsv.Register();
        FilesPersonCsv.Register();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(1, true)]
    public void H06_Zeros_at_the_end_are_one_malformed_line_that_says_so(int parallelism, bool isMultiline)
    {
        var zeros = new string('\0', 4096);
        var good = string.Concat(Enumerable.Range(0, 500).Select(i => $"row {i},{i}\n"));
        foreach (var tail in new[] { zeros, $"row,{zeros}", $"\"row{zeros}", $"{zeros}\n", $"row 500,5{zeros}", "row\0,1" })
        {
            _files.Put("/in.csv", FilesReading.Utf8("name,amount\n" + good + tail));
            var options = Options with { MultilineFields = isMultiline, MinSplitSizeBytes = 100 };
            var skipped = 0L;

            var rows = Csv.Read<FilesRow>("/in.csv", options with { OnMalformed = MalformedRows.Skip })
                .ReadAll(parallelism, countSkipped: count => skipped += count);

            Assert.Equal(500, rows.Count);
            Assert.Equal(1, skipped);
            var message = Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in.csv", options).ReadAll(parallelism)).Message;
            Assert.StartsWith("Line 502 of '/in.csv' is malformed: it holds NUL bytes", message, StringComparison.Ordinal);
            Assert.Contains("\\0", message, StringComparison.Ordinal);
            AssertReadable(message);
        }
    }

    [Fact]
    public void H06_Zeros_at_the_end_of_JSON_lines_are_one_malformed_line_that_says_so()
    {
        _files.Put("/in.jsonl", FilesReading.Utf8("{\"name\":\"a\",\"amount\":1}\n" + new string('\0', 4096)));
        var skipped = 0L;
        var source = JsonLines.Read<FilesRow>("/in.jsonl", new JsonLinesOptions { FileSystem = _files, OnMalformed = MalformedRows.Skip });

        Assert.Equal([new("a", 1)], source.ReadAll(countSkipped: count => skipped += count));
        Assert.Equal(1, skipped);
        var message = Assert.Throws<SourceException>(
            () => JsonLines.Read<FilesRow>("/in.jsonl", new JsonLinesOptions { FileSystem = _files }).ReadAll()).Message;
        Assert.Contains("holds NUL bytes", message, StringComparison.Ordinal);
        AssertReadable(message);
    }

    [Theory]
    [InlineData("1, \"Smith\", 2", "a blank stands before the quote")]
    [InlineData("1, \"Smith, John\", 2", "a blank stands before the quote")]
    [InlineData("1,\t\"Smith\",2", "a blank stands before the quote")]
    [InlineData("1,\"Smith\" ,2", "a blank follows the closing quote")]
    [InlineData("1,Smith, 2", "column 'amount' holds ' 2'")]
    [InlineData("1,Smith,2 ", "column 'amount' holds '2 '")]
    [InlineData("1,Smith,\t2", "column 'amount' holds '\\t2'")]
    public void H07_A_blank_around_quotes_or_numbers_is_malformed_and_may_be_trimmed(string line, string reason)
    {
        _files.Put("/in.csv", FilesReading.Utf8($"id,name,amount\n{line}\n"));

        var message = Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in.csv", Options).ReadAll()).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains("TrimBlanks", message, StringComparison.Ordinal);
        AssertReadable(message);

        var name = line.Contains("John", StringComparison.Ordinal) ? "Smith, John" : "Smith";
        Assert.Equal([new(name, 2)], Csv.Read<FilesRow>("/in.csv", Options with { TrimBlanks = true }).ReadAll());
    }

    [Fact]
    public void Blanks_in_plain_texts_are_part_of_them()
    {
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\n a ,1\n\" b \",2\n"));

        Assert.Equal([new(" a ", 1), new(" b ", 2)], Csv.Read<FilesRow>("/in.csv", Options).ReadAll());
    }

    [Theory]
    [InlineData("a\rb,1")]
    [InlineData("a,1\rb,2")]
    [InlineData("a,1\r\r")]
    public void A_carriage_return_outside_quotes_glues_no_lines_together(string line)
    {
        _files.Put("/in.csv", FilesReading.Utf8($"name,amount\n{line}\n{new string('x', 40)},3\n"));
        var skipped = 0L;

        var rows = Csv.Read<FilesRow>("/in.csv", Options with { OnMalformed = MalformedRows.Skip })
            .ReadAll(countSkipped: count => skipped += count);

        Assert.Equal([new(new string('x', 40), 3)], rows);
        Assert.Equal(1, skipped);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_malformed_where_a_text_is_read()
    {
        byte[] latin = [.. "name,amount,other\nM"u8, 0xFC, .. "ller,1,x\nMaier,2,"u8, 0xFC, .. "\n"u8];
        _files.Put("/in.csv", latin);

        var message = Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in.csv", Options).ReadAll()).Message;
        Assert.Contains("column 'name' holds 'M\\xFCller', which is not UTF-8", message, StringComparison.Ordinal);
        AssertReadable(message);
        Assert.Equal([new("Maier", 2)], Csv.Read<FilesRow>("/in.csv", Options with { OnMalformed = MalformedRows.Skip }).ReadAll());
    }

    [Fact]
    public async Task H12_One_warning_names_the_member_without_a_column_and_the_columns_without_a_member()
    {
        _files.Put("/in/a.csv", FilesReading.Utf8("name,temperature,city\na,1,x\n"));
        _files.Put("/in/b.csv", FilesReading.Utf8("name,temperature\nb,2\n"));
        _files.Put("/in/c.csv", FilesReading.Utf8("name,Temp\nc,3\n"));
        var warnings = new List<string>();
        var source = Csv.Read<FilesPerson>("/in", Options);

        var context = FilesReading.Context(4, warn: warnings.Add);
        var splits = await source.ListSplitsAsync(context, TestContext.Current.CancellationToken);

        var warning = Assert.Single(warnings);
        Assert.Contains("'flights/from'", warning, StringComparison.Ordinal);
        Assert.Contains("'/in/a.csv' no column is called temp", warning, StringComparison.Ordinal);
        Assert.Contains("temperature, city", warning, StringComparison.Ordinal);
        Assert.Contains("1 more files", warning, StringComparison.Ordinal);
        Assert.Equal(3, splits.Count);
        Assert.Equal([new("a", null), new("b", null), new("c", 3)], source.ReadAll());
    }

    [Fact]
    public void H14_Empty_and_header_only_files_give_no_rows_and_a_wrong_header_is_named_before_the_first_record()
    {
        _files.Put("/in/a.csv", []);
        _files.Put("/in/b.csv", FilesReading.Utf8("name,amount\n"));
        _files.Put("/in/c.csv", FilesReading.Utf8("\uFEFFname,amount\nc,1\nd,2"));
        _files.Put("/in/d.csv", FilesReading.Utf8("\uFEFF"));
        _files.Put("/in/e.csv", FilesReading.Utf8("\r\n\n"));
        _files.Put("/in/f.csv", FilesReading.Utf8("\uFEFF\"name\",\"amount\""));
        Assert.Equal([new("c", 1), new("d", 2)], Csv.Read<FilesRow>("/in", Options).ReadAll(parallelism: 3));

        _files.Put("/in/z.csv", FilesReading.Utf8("name,price"));
        var message = Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in", Options).List()).Message;
        Assert.Contains("'/in/z.csv'", message, StringComparison.Ordinal);
        Assert.Contains("lacks the column 'amount'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_of_thousands_of_columns_makes_a_short_message()
    {
        _files.Put("/in.csv", FilesReading.Utf8(string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"column {i}")) + "\n"));

        AssertReadable(Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in.csv", Options).List()).Message);
    }

    [Fact]
    public void A_malformed_line_of_megabytes_makes_a_short_message()
    {
        var path = "/" + string.Join('/', Enumerable.Repeat("directory", 60)) + "/in.csv";
        _files.Put(path, FilesReading.Utf8($"name,amount\nx,{new string('\u0001', 3_000_000)}\n"));

        var message = Assert.Throws<SourceException>(() => Csv.Read<FilesRow>(path, Options).ReadAll()).Message;

        AssertReadable(message);
        Assert.Contains("in.csv'", message, StringComparison.Ordinal);
        Assert.Contains("Line 2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AMOUNT;Name\n1;a\n")]
    [InlineData("a mount;_name_\n1;a\n")]
    [InlineData("\"amount\";\"na-me\"\n\"1\";\"a\"\n")]
    [InlineData("amount;x;x;name\n1;;;a\n")]
    public void Columns_are_found_whatever_the_case_and_two_that_nobody_reads_may_be_called_alike(string content)
    {
        _files.Put("/in.csv", FilesReading.Utf8(content));

        Assert.Equal([new("a", 1)], Csv.Read<FilesRow>("/in.csv", Options with { Delimiter = ';' }).ReadAll());
    }

    private CsvOptions Options => new() { FileSystem = _files };

    private static void AssertReadable(string message)
    {
        Assert.InRange(message.Length, 1, 499);
        Assert.DoesNotContain(message.Replace(Environment.NewLine, "", StringComparison.Ordinal), c => char.IsControl(c) || c == '\uFFFD');
    }
}
