using Weir.Testing;

namespace Weir.Runtime.Tests;

public sealed class FilesCsvSourceTests
{
    private readonly SimulatedFileSystem _files = new();

    public FilesCsvSourceTests() => FilesRowCsv.Register();

    [Theory]
    [InlineData("name,amount\na,1\nb,2\n")]
    [InlineData("name,amount\r\na,1\r\nb,2\r\n")]
    [InlineData("name,amount\na,1\nb,2")]
    [InlineData("\uFEFFname,amount\na,1\nb,2\n")]
    [InlineData("\n\nname,amount\n\na,1\n\r\n\nb,2\n\n")]
    [InlineData("Amount,other,NAME\n1,x,a\n2,,b\n")]
    [InlineData("\"name\",\"a-mount\"\n\"a\",\"1\"\n\"b\",2\n")]
    public void Rows_are_read_whatever_their_line_ends_and_the_order_of_columns(string content) =>
        Assert.Equal([new("a", 1), new("b", 2)], Source(content).ReadAll());

    [Fact]
    public void Quoted_fields_hold_delimiters_and_quotes() =>
        Assert.Equal([new("a,b", 1), new("say \"hi\"", 2), new("", 3)], Source("name,amount\n\"a,b\",1\n\"say \"\"hi\"\"\",2\n\"\",3\n")
            .ReadAll());

    [Fact]
    public void Line_breaks_within_quotes_are_read_if_asked_for()
    {
        var source = Source("name,amount\n\"a\r\nb\n\nc\",1\nd,2\n",
            new CsvOptions { FileSystem = _files, MultilineFields = true, MinSplitSizeBytes = 1 });

        Assert.Single(source.List(parallelism: 4));
        Assert.Equal([new("a\r\nb\n\nc", 1), new("d", 2)], source.ReadAll(parallelism: 4));
        Assert.Equal([new("a\r\nb\n\nc", 1), new("d", 2)], source.ReadAllRestarting(parallelism: 4, batchSize: 1));
    }

    [Fact]
    public void Without_a_header_columns_come_in_the_order_of_members() =>
        Assert.Equal([new("a", 1), new("b", 2)],
            Source("a;1\nb;2\n", new CsvOptions { FileSystem = _files, HasHeader = false, Delimiter = ';' }).ReadAll());

    [Fact]
    public void A_line_longer_than_the_buffer_is_read()
    {
        var name = new string('x', 5000);

        Assert.Equal([new(name, 1), new("b", 2)],
            Source($"name,amount\n{name},1\nb,2\n", new CsvOptions { FileSystem = _files, BufferBytes = 16 }).ReadAll());
    }

    [Fact]
    public void A_line_longer_than_the_limit_fails_with_its_offset()
    {
        var source = Source($"name,amount\n{new string('x', 5000)},1\n",
            new CsvOptions { FileSystem = _files, BufferBytes = 16, MaxLineBytes = 1000, OnMalformed = MalformedRows.Skip });

        Assert.Contains("at byte 12 is longer than 1000 bytes", Assert.Throws<SourceException>(() => source.ReadAll()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_cut_into_a_range_for_each_subtask_but_not_into_crumbs()
    {
        var source = Source("name,amount\n" + string.Concat(Enumerable.Repeat("a,1\n", 97)),
            new CsvOptions { FileSystem = _files, MinSplitSizeBytes = 100 });

        Assert.Single(source.List(parallelism: 1));
        Assert.Equal(2, source.List(parallelism: 2).Count);
        Assert.Equal(4, source.List(parallelism: 8).Count);
        Assert.Equal(97, source.ReadAll(parallelism: 1).Count);
        Assert.Equal(97, source.ReadAll(parallelism: 8).Count);
    }

    [Fact]
    public void Files_of_a_directory_are_read_in_order_but_hidden_and_empty_ones()
    {
        _files.Put("/in/b.csv", FilesReading.Utf8("name,amount\nb,2\n"));
        _files.Put("/in/a.csv", FilesReading.Utf8("amount,name\n1,a\n"));
        _files.Put("/in/empty.csv", []);
        _files.Put("/in/.a.csv.swp", FilesReading.Utf8("x"));
        _files.Put("/in/_SUCCESS", FilesReading.Utf8("x"));
        _files.Put("/in/c.txt", FilesReading.Utf8("name,amount\nc,3\n"));

        Assert.Equal([new("a", 1), new("b", 2), new("c", 3)], Csv.Read<FilesRow>("/in", Options).ReadAll());
        Assert.Equal([new("a", 1), new("b", 2)], Csv.Read<FilesRow>("/in/*.csv", Options).ReadAll());
        Assert.Equal([new("c", 3)], Csv.Read<FilesRow>("/in/?.txt", Options).ReadAll());
    }

    [Fact]
    public void What_is_appended_after_the_listing_is_not_read()
    {
        var source = Source("name,amount\na,1\nb,2");
        var split = source.List().Single();
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\na,1\nb,23\nc,3\n"));

        using var reader = source.Open(split, source.StartOf(split), FilesReading.Context());
        var batch = new Batch<FilesRow>();

        Assert.Equal(ReadStatus.End, reader.Read(batch));
        Assert.Equal([new("a", 1), new("b", 2)], batch.Values.ToArray());
    }

    [Fact]
    public void Texts_that_return_are_one_object()
    {
        var rows = Source("name,amount\nATL,1\nATL,2\nZürich,3\nZürich,4\n").ReadAll();

        Assert.Same(rows[0].Name, rows[1].Name);
        Assert.Equal("Zürich", rows[3].Name);
    }

    private CsvOptions Options => new() { FileSystem = _files };

    private Source<FilesRow, FileSplit> Source(string content, CsvOptions? options = null)
    {
        _files.Put("/in.csv", FilesReading.Utf8(content));
        return Csv.Read<FilesRow>("/in.csv", options ?? Options);
    }
}
