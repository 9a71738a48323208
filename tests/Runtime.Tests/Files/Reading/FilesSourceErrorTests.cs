using System.Text.Json;
using Weir.Testing;

namespace Weir.Runtime.Tests;

public sealed class FilesSourceErrorTests
{
    private readonly SimulatedFileSystem _files = new();

    public FilesSourceErrorTests() => FilesRowCsv.Register();

    [Fact]
    public void A_missing_file_is_named_with_the_working_directory()
    {
        var error = Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("nowhere/x.csv", Options).List());

        Assert.Contains($"'{Path.GetFullPath("nowhere/x.csv")}' (given as 'nowhere/x.csv' in the working directory '{Environment.CurrentDirectory}')", error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<IPermanentFailure>(error);
    }

    [Fact]
    public void A_directory_without_files_says_what_was_looked_for()
    {
        _files.Put("/in/_hidden.csv", [1]);

        Assert.Contains("No file in '/in' matches '*'", Failure("/in"), StringComparison.Ordinal);
        Assert.Contains("No file in '/in' matches '*.csv'", Failure("/in/*.csv"), StringComparison.Ordinal);

        string Failure(string path) => Assert.Throws<SourceException>(() => Csv.Read<FilesRow>(path, Options).List()).Message;
    }

    [Fact]
    public void A_file_that_may_not_be_read_says_so()
    {
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\n"));
        _files.Fault = operation => operation.Kind == FileOperationKind.OpenRead ? new UnauthorizedAccessException("no") : null;

        Assert.Contains("'/in.csv' may not be read", Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in.csv", Options).List())
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_may_not_be_listed_says_so()
    {
        _files.Put("/in/a.csv", FilesReading.Utf8("name,amount\n"));
        _files.Fault = operation =>
            operation is { Kind: FileOperationKind.List, Path: "/in" } && operation.Number > 2 ? new UnauthorizedAccessException("no")
            : null;

        Assert.Contains("'/in' may not be listed", Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in", Options).List()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name,price\na,1\n", "lacks the column 'amount'. The columns are: name, price")]
    [InlineData("name;amount\na;1\n", "lacks the columns name, amount. The columns are: name;amount. The delimiter seems to be ';'")]
    [InlineData("name\tamount\na\t1\n", "The delimiter seems to be '\\t': set CsvOptions.Delimiter")]
    [InlineData("код,число\na,1\n", "lacks the columns name, amount. The columns are: код, число. Check that the delimiter")]
    [InlineData("{\"name\":\"a\",\"amount\":1}\n", "it is JSON: read files of one JSON object a line by JsonLines.Read")]
    [InlineData("name,amount,Amount\na,1,1\n", "the column 'amount' is there twice")]
    public void A_header_that_does_not_fit_is_shown(string content, string expected)
    {
        _files.Put("/in.csv", FilesReading.Utf8(content));

        var message = Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in.csv", Options).ReadAll()).Message;

        Assert.Contains("'/in.csv'", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_in_another_encoding_says_so()
    {
        _files.Put("/in.csv", [.. FilesReading.Utf8("name,gr"), 0xF6, 0xDF, .. FilesReading.Utf8("e\na,1\n")]);

        var message = Assert.Throws<SourceException>(() => Csv.Read<FilesRow>("/in.csv", Options).List()).Message;

        Assert.Contains("lacks the column 'amount'", message, StringComparison.Ordinal);
        Assert.Contains("are not UTF-8: convert the file", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_of_objects_says_that_a_line_holds_one()
    {
        var error = Assert.Throws<FormatException>(() =>
        {
            var reader = new Utf8JsonReader("[{}"u8, isFinalBlock: false, default);
            reader.Read();
            Weir.Runtime.Files.JsonLines.JsonValueReader.StartObject(ref reader, "Row");
        });

        Assert.Equal(
            "an array stands where an object with the properties of Row should: each line holds one object, without brackets around "
                + "them all",
            error.Message);
    }

    [Theory]
    [InlineData("/data/*/x.csv", "count in the name of a file, and not in those of directories")]
    [InlineData("/data/**/*.csv", "count in the name of a file, and not in those of directories")]
    [InlineData("https://example.org/x.csv", "and not from addresses")]
    [InlineData("/data/x.csv", "Check the spelling")]
    public void An_input_that_is_not_there_says_what_may_be_wrong(string path, string expected) => Assert.Contains(
        expected, Assert.Throws<SourceException>(() => Csv.Read<FilesRow>(path, Options).List()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("b,x", "column 'amount' holds 'x', which is not a whole number")]
    [InlineData("b,", "column 'amount' is empty, which is not a whole number")]
    [InlineData("b", "it has 1 field instead of 2")]
    [InlineData("b,2,3", "it has more than 2 fields")]
    [InlineData("\"b,2", "a quoted field does not end")]
    [InlineData("\"b\"c,2", "text follows the closing quote")]
    [InlineData("\"\"\"b\"\"\",x", "column 'amount' holds 'x'")]
    public void A_malformed_line_fails_with_file_number_and_text(string line, string reason)
    {
        _files.Put("/in.csv", FilesReading.Utf8($"name,amount\n\na,1\n{line}\nc,3\n"));

        foreach (var parallelism in new[] { 1, 5 })
        {
            var error = Assert.Throws<SourceException>(
                () => Csv.Read<FilesRow>("/in.csv", Options with { MinSplitSizeBytes = 4 }).ReadAll(parallelism));

            Assert.StartsWith($"Line 4 of '/in.csv' is malformed: ", error.Message, StringComparison.Ordinal);
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
            Assert.Contains($"The line: {line}{Environment.NewLine}", error.Message, StringComparison.Ordinal);
            Assert.Contains("OnMalformed", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"name\":\"b\"}", "the property 'amount' is missing")]
    [InlineData("{\"name\":1,\"amount\":1}", "a value is of the wrong kind")]
    [InlineData("{\"name\":", "it is not JSON: the value does not end where the line ends; a line holds one whole object")]
    [InlineData("{", "a line holds one whole object")]
    [InlineData("{\"name\":\"b\",\"amount\":1} {}", "it is not JSON")]
    public void A_malformed_JSON_line_fails_with_file_number_and_text(string line, string reason)
    {
        _files.Put("/in.jsonl", FilesReading.Utf8($"{{\"amount\":1,\"name\":\"a\",\"more\":[1,{{}}]}}\r\n{line}\n"));
        var source = JsonLines.Read<FilesRow>("/in.jsonl", new JsonLinesOptions { FileSystem = _files });

        var message = Assert.Throws<SourceException>(() => source.ReadAll()).Message;

        Assert.StartsWith("Line 2 of '/in.jsonl' is malformed: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Skipped_lines_are_counted_and_cost_no_neighbour()
    {
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\nx\na,1\nx\nx\nb,2\nc,3\nx\n"));
        var skipped = 0L;

        var rows = Csv.Read<FilesRow>("/in.csv", Options with { OnMalformed = MalformedRows.Skip })
            .ReadAll(batchSize: 2, countSkipped: count => skipped += count);

        Assert.Equal([new("a", 1), new("b", 2), new("c", 3)], rows);
        Assert.Equal(4, skipped);
    }

    [Fact]
    public void Rejected_lines_are_on_the_disk_before_the_offset_behind_them_is_known()
    {
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\na,1\n\"b\"\"\",x\r\nc,3\n"));
        var skipped = 0L;

        var rows = Csv.Read<FilesRow>("/in.csv", Options with { OnMalformed = MalformedRows.WriteTo("/rejected") })
            .ReadAll(countSkipped: count => skipped += count);
        _files.Crash();

        Assert.Equal([new("a", 1), new("c", 3)], rows);
        Assert.Equal(1, skipped);
        var file = Assert.Single(_files.ListFiles("/rejected"));
        Assert.Equal("rejected-flights%2Ffrom-0.jsonl", file);
        var line = JsonDocument.Parse(_files.Get($"/rejected/{file}")).RootElement;
        Assert.Equal("/in.csv", line.GetProperty("file").GetString());
        Assert.Equal(3, line.GetProperty("line").GetInt64());
        Assert.Equal(16, line.GetProperty("offset").GetInt64());
        Assert.Equal("\"b\"\"\",x", line.GetProperty("text").GetString());
        Assert.Equal("column 'amount' holds 'x', which is not a whole number from -2147483648 to 2147483647", line.GetProperty("reason")
            .GetString());
    }

    [Fact]
    public void A_file_shorter_than_at_the_listing_has_been_replaced()
    {
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\na,1\nb,2\n"));
        var source = Csv.Read<FilesRow>("/in.csv", Options);
        var split = source.List().Single();
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\na,1\n"));

        var error = Assert.Throws<SourceException>(() => source.Open(split, new Offset(16), FilesReading.Context()));

        Assert.Contains("has 16 bytes, but had 20", error.Message, StringComparison.Ordinal);
        Assert.Contains("replaced or truncated since the checkpoint", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_gone_since_the_checkpoint_says_so()
    {
        var source = Csv.Read<FilesRow>("/in.csv", Options);

        Assert.Contains("'/in.csv' is gone",
            Assert.Throws<SourceException>(() => source.Open(new("/in.csv", 0, 9, 9), new(0), FilesReading.Context())).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/in", "/in/a.csv", true)]
    [InlineData("/in", "/in/.a.csv", false)]
    [InlineData("/in", "/other/a.csv", false)]
    [InlineData("/in/a.csv", "/in/a.csv", true)]
    [InlineData("/in/b.csv", "/in/a.csv", false)]
    [InlineData("/in/*.csv", "/in/a.csv", true)]
    [InlineData("/in/*.csv", "/in/a.txt", false)]
    public void A_split_of_another_input_is_refused(string path, string split, bool isAccepted)
    {
        var reason = Csv.Read<FilesRow>(path, Options).Refuse(new FileSplit(split, 0, 1, 1));

        Assert.Equal(isAccepted, reason is null);
        Assert.True(isAccepted || (reason!.Contains(path, StringComparison.Ordinal) && reason.Contains(split, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_type_without_a_format_fails_for_good_and_only_when_it_is_read()
    {
        _files.Put("/in.csv", FilesReading.Utf8("a\n"));
        var source = Csv.Read<FilesSourceErrorTests>("/in.csv", Options);

        Assert.IsAssignableFrom<IPermanentFailure>(Assert.ThrowsAny<InvalidOperationException>(() => source.ReadAll()));
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('é')]
    public void A_delimiter_that_cannot_separate_is_refused(char delimiter) =>
        Assert.Throws<ArgumentException>(() => Csv.Read<FilesRow>("x", new CsvOptions { Delimiter = delimiter }));

    private CsvOptions Options => new() { FileSystem = _files };
}
