using System.Text.Json;
using Weir.Runtime.Files.Reading;
using Weir.Testing;

namespace Weir.Runtime.Tests;

public sealed class RejectedLinesTests
{
    private readonly SimulatedFileSystem _files = new();

    public RejectedLinesTests() => FilesRowCsv.Register();

    [Theory]
    [InlineData(100_000, false)]
    [InlineData(1_000_000, true)]
    public void H54_A_million_malformed_lines_are_counted_exactly_and_told_seldom(int lines, bool isWritten)
    {
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\n" + string.Concat(Enumerable.Range(0, lines).Select(i => $"{i}\na,{i}\n"))));
        var (skipped, warnings, time) = (0L, new List<string>(), new FilesClock());
        var choice = isWritten ? MalformedRows.WriteTo("/rejected") : MalformedRows.Skip;
        var source = Csv.Read<FilesRow>("/in.csv", new CsvOptions { FileSystem = _files, OnMalformed = choice, MinSplitSizeBytes = 1000 });
        var rows = 0L;
        foreach (var split in source.List(parallelism: 4))
        {
            using var reader = source.Open(split, source.StartOf(split), FilesReading.Context(4, Count, time, warnings.Add));
            var batch = new Batch<FilesRow>();
            while (reader.Read(batch) != ReadStatus.End)
            {
                rows += batch.Count;
                time.Seconds += 0.1;
            }

            rows += batch.Count;
        }

        Assert.Equal(lines, rows);
        Assert.Equal(lines, skipped);
        Assert.InRange(warnings.Count, 1, 1 + (int)(time.Seconds / 10));
        Assert.All(warnings, warning =>
        {
            Assert.Contains("'flights/from'", warning, StringComparison.Ordinal);
            Assert.Contains("'/in.csv'", warning, StringComparison.Ordinal);
            Assert.InRange(warning.Length, 1, 499);
        });
        if (isWritten)
        {
            var file = Assert.Single(_files.ListFiles("/rejected"));
            var numbers = _files.Get($"/rejected/{file}").AsSpan().Count((byte)'\n');
            Assert.Equal(lines, numbers);
            var last = JsonDocument.Parse(
                System.Text.Encoding.UTF8.GetString(_files.Get($"/rejected/{file}")).TrimEnd('\n').Split('\n')[^1]).RootElement;
            Assert.Equal(lines * 2, last.GetProperty("line").GetInt64());
        }

        void Count(long count) => skipped += count;
    }

    [Theory]
    [InlineData(FileOperationKind.CreateDirectory, false)]
    [InlineData(FileOperationKind.Create, true)]
    public void Rejected_lines_that_can_be_written_nowhere_fail_for_good_and_name_the_directory(FileOperationKind kind, bool isDenied)
    {
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\na,x\n"));
        _files.Fault = operation => operation.Kind != kind ? null
            : isDenied ? new UnauthorizedAccessException("no") : new FileNotFoundException("no");
        var source = Csv.Read<FilesRow>(
            "/in.csv", new CsvOptions { FileSystem = _files, OnMalformed = MalformedRows.WriteTo("/rejected") });
        using var reader = source.Open(source.List().Single(), new Offset(0), FilesReading.Context());
        var error = Assert.Throws<SourceException>(() => reader.Read(new Batch<FilesRow>(8)));
        Assert.Contains("'/rejected'", error.Message, StringComparison.Ordinal);
        Assert.Contains("MalformedRows.WriteTo", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_malformed_line_is_told_in_the_singular()
    {
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\na,1\nb\nc,3\n"));
        var warnings = new List<string>();
        var source = Csv.Read<FilesRow>("/in.csv", new CsvOptions { FileSystem = _files, OnMalformed = MalformedRows.Skip });
        var split = Assert.Single(source.List());
        using var reader = source.Open(split, source.StartOf(split), FilesReading.Context(1, _ => { }, new FilesClock(), warnings.Add));
        reader.Read(new Batch<FilesRow>());

        Assert.Equal(
            "Operator 'flights/from' has left out 1 malformed line, at byte 16 of '/in.csv': it has 1 field instead of 2. "
                + "JobProgress.Skipped counts them all.",
            Assert.Single(warnings));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_line_that_fails_the_job_leaves_the_reader_where_it_begins(int parallelism)
    {
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\na,1\nb\nc,3\n"));
        var source = Csv.Read<FilesRow>("/in.csv", new CsvOptions { FileSystem = _files, MinSplitSizeBytes = 6 });
        foreach (var split in source.List(parallelism))
        {
            using var reader = source.Open(split, source.StartOf(split), FilesReading.Context());
            var error = Record.Exception(() => reader.Read(new Batch<FilesRow>()));
            Assert.True(error is null || reader.Offset.Value == 16, $"{error?.Message} at {reader.Offset}");
        }
    }

    [Fact]
    public void H54_A_hundred_files_with_a_malformed_line_make_one_file()
    {
        for (var i = 0; i < 100; i++)
        {
            _files.Put($"/in/{i}.csv", FilesReading.Utf8($"name,amount\nx\na,{i}\n"));
        }

        var source = Csv.Read<FilesRow>("/in", new CsvOptions { FileSystem = _files, OnMalformed = MalformedRows.WriteTo("/rejected") });

        Assert.Equal(100, source.ReadAll().Count);
        Assert.Equal(100, _files.Get($"/rejected/{Assert.Single(_files.ListFiles("/rejected"))}").AsSpan().Count((byte)'\n'));

        // Another process must not touch the file of the first.
        var next = Csv.Read<FilesRow>("/in", new CsvOptions { FileSystem = _files, OnMalformed = MalformedRows.WriteTo("/rejected") });
        Assert.Equal(100, next.ReadAll().Count);
        Assert.Equal(2, _files.ListFiles("/rejected").Count);
    }

    [Fact]
    public void A_rejected_line_is_written_as_people_read_it()
    {
        _files.Put("/in.csv", FilesReading.Utf8("name,amount\nцена 'a' + 'b',x\n"));
        var source = Csv.Read<FilesRow>("/in.csv", new CsvOptions { FileSystem = _files, OnMalformed = MalformedRows.WriteTo("/rejected") });

        Assert.Empty(source.ReadAll());

        var written = System.Text.Encoding.UTF8.GetString(_files.Get($"/rejected/{Assert.Single(_files.ListFiles("/rejected"))}"));
        Assert.Contains("\"text\":\"цена 'a' + 'b',x\"", written, StringComparison.Ordinal);
        Assert.Contains("column 'amount' holds 'x'", written, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_of_lines_are_found_in_one_pass_however_many_are_asked_for()
    {
        const int Lines = 10_000;
        _files.Put("/in.txt", FilesReading.Utf8(new string('\n', Lines)));
        using var file = _files.OpenRead("/in.txt");
        var numbers = new LineNumbers(file);

        for (var offset = 0; offset < Lines; offset++)
        {
            Assert.True(numbers.TryFind(offset, long.MaxValue, out var line));
            Assert.Equal(offset + 1, line);
        }

        Assert.InRange(numbers.BytesRead, 1, Lines);
    }

    [Fact]
    public void The_number_of_a_line_far_into_a_file_is_found_in_steps()
    {
        _files.Put("/in.txt", FilesReading.Utf8(new string('\n', 10_000)));
        using var file = _files.OpenRead("/in.txt");
        var numbers = new LineNumbers(file);
        var calls = 1;
        for (; !numbers.TryFind(9_999, 1000, out _); calls++)
        {
        }

        Assert.Equal(10, calls);
    }

    [Fact]
    public void A_malformed_line_of_megabytes_is_cut_and_says_its_size()
    {
        _files.Put("/in.csv", FilesReading.Utf8($"name,amount\n{new string('x', 3_000_000)}\n"));

        Csv.Read<FilesRow>("/in.csv", new CsvOptions { FileSystem = _files, OnMalformed = MalformedRows.WriteTo("/rejected") }).ReadAll();

        var line = JsonDocument.Parse(_files.Get($"/rejected/{Assert.Single(_files.ListFiles("/rejected"))}")).RootElement;
        Assert.Equal(RejectedLines.LongestText, line.GetProperty("text").GetString()!.Length);
        Assert.Equal(3_000_001, line.GetProperty("bytes").GetInt64());
    }
}
