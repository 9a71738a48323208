using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>Input that changes while a job runs or is down.</summary>
public sealed class ChangedInputTests
{
    private const string Path = "/in/a.csv";
    private readonly SimulatedFileSystem _files = new();

    public ChangedInputTests() => FilesRowCsv.Register();

    [Theory]
    [InlineData(10)]
    [InlineData(30_000)]
    public void H02_a_file_that_has_been_replaced_is_refused_and_named_and_an_appended_one_is_read(int rows)
    {
        var original = Rows("a", rows);
        _files.Put(Path, FilesReading.Utf8(original));
        var source = Csv.Read<FilesRow>("/in", Options);
        var split = source.List().Single();
        var offset = new Offset(original.IndexOf('\n', original.Length / 2) + 1);

        foreach (var other in new[] { Rows("b", rows), Rows("b", rows * 2), original[..^4] + "777\n",
            original.Replace("a3,", "a4,", StringComparison.Ordinal) })
        {
            _files.Put(Path, FilesReading.Utf8(other));
            var message = Assert.Throws<SourceException>(() => source.Open(split, offset, FilesReading.Context())).Message;
            Assert.Contains($"'{Path}'", message, StringComparison.Ordinal);
            Assert.Contains("has changed since it was listed", message, StringComparison.Ordinal);
        }

        _files.Put(Path, FilesReading.Utf8(original + "more,1\n"));
        using var reader = source.Open(split, offset, FilesReading.Context());
        var batch = new Batch<FilesRow>(rows);
        while (reader.Read(batch) != ReadStatus.End)
        {
            batch.Clear();
        }

        Assert.Equal($"a{rows - 1}", batch.Values[^1].Name);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void A_last_line_without_a_line_feed_is_read_only_of_a_complete_file(bool? isComplete, int rows)
    {
        _files.Put(Path, FilesReading.Utf8("name,amount\na,1\nb,2"));
        Assert.Equal(rows, Csv.Read<FilesRow>("/in", Options with { FilesAreComplete = isComplete }).ReadAll().Count);
    }

    [Fact]
    public async Task H14_files_of_nothing_of_a_header_and_with_a_mark_give_the_rows_that_there_are()
    {
        _files.Put("/in/1.csv", []);
        _files.Put("/in/2.csv", FilesReading.Utf8("name,amount\n"));
        _files.Put("/in/3.csv", FilesReading.Utf8("\uFEFFname,amount\na,1\nb,2"));
        var source = Csv.Read<FilesRow>("/in", Options);
        Assert.Equal([new("a", 1), new("b", 2)], source.ReadAll());

        _files.Put("/in/4.csv", FilesReading.Utf8("name,price\n"));
        var search = source.Discover(FilesReading.Context(), default);
        var error = await Assert.ThrowsAsync<SourceException>(async () => await search.NextAsync(TestContext.Current.CancellationToken));
        Assert.Contains("/in/4.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_files_and_appended_lines_are_found_once_whenever_the_search_is_begun_anew()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var files = new SimulatedFileSystem(seed);
            var random = new Random(seed);
            var source = Csv.Read<FilesRow>("/in", Options with { FileSystem = files, NewFilesEvery = TimeSpan.FromSeconds(1) });
            files.CreateDirectory("/in");
            var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
            var written = new List<string>();
            var read = new List<string>();
            var search = source.Discover(FilesReading.Context(), default);
            for (var round = 0; round < 30; round++)
            {
                // Half a line at times: it is not read before its end is there.
                var path = $"/in/{random.Next(5)}.csv";
                var text = contents.GetValueOrDefault(path, "name,amount\n") + $"r{round},";
                written.Add($"r{round}");
                contents[path] = text;
                if (random.Next(2) == 0)
                {
                    files.Put(path, FilesReading.Utf8(text));
                    await Take();
                }

                contents[path] += "1\n";
                files.Put(path, FilesReading.Utf8(contents[path]));
                if (random.Next(2) == 0)
                {
                    await Take();
                }

                search = random.Next(3) == 0 ? source.Discover(FilesReading.Context(), search.State) : search;
            }

            await Take();
            Assert.Equal(written.Order(), read.Order());

            async Task Take()
            {
                do
                {
                    foreach (var split in await search.NextAsync(TestContext.Current.CancellationToken))
                    {
                        using var reader = source.Open(split, source.StartOf(split), FilesReading.Context());
                        var batch = new Batch<FilesRow>(64);
                        while (reader.Read(batch) != ReadStatus.End)
                        {
                        }

                        read.AddRange(batch.Values.ToArray().Select(row => row.Name));
                    }
                }
                while (search.AskAgainIn == TimeSpan.Zero);
            }
        }
    }

    [Fact]
    public async Task What_a_search_for_new_files_remembers_is_bounded_by_what_is_in_the_directory()
    {
        var source = Csv.Read<FilesRow>("/in", Options with { NewFilesEvery = TimeSpan.FromSeconds(1) });
        _files.CreateDirectory("/in");
        var search = source.Discover(FilesReading.Context(), default);
        var most = 0;
        for (var file = 0; file < 500; file++)
        {
            _files.Put($"/in/{file:0000}.csv", FilesReading.Utf8("name,amount\na,1\n"));
            await search.NextAsync(TestContext.Current.CancellationToken);
            most = Math.Max(most, search.State.Length);
            _files.DeleteFile($"/in/{file:0000}.csv");
        }

        Assert.InRange(most, 1, 100);
    }

    [Theory]
    [InlineData("name,amount\nb,1\nb,2\nb,3\n", "has changed since it was listed")]
    [InlineData("name,amount\n", "has been replaced or truncated")]
    public async Task A_watched_file_that_is_replaced_or_cut_is_refused_and_not_read_from_the_middle(string other, string reason)
    {
        _files.Put(Path, FilesReading.Utf8("name,amount\na,1\na,2\n"));
        var source = Csv.Read<FilesRow>("/in", Options with { NewFilesEvery = TimeSpan.FromSeconds(1) });
        var search = source.Discover(FilesReading.Context(), default);
        Assert.Single(await search.NextAsync(TestContext.Current.CancellationToken));

        // Also by who continues from a checkpoint.
        search = source.Discover(FilesReading.Context(), search.State);
        Assert.Empty(await search.NextAsync(TestContext.Current.CancellationToken));
        _files.Put(Path, FilesReading.Utf8(other));
        var error = await Assert.ThrowsAsync<SourceException>(async () => await search.NextAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"'{Path}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("name,amou\uFFFD")]
    [InlineData("\uFEFF")]
    public async Task A_header_that_is_still_being_written_is_waited_for(string begun)
    {
        _files.Put(Path, FilesReading.Utf8(begun));
        var source = Csv.Read<FilesRow>("/in", Options with { NewFilesEvery = TimeSpan.FromSeconds(1) });
        var search = source.Discover(FilesReading.Context(), default);
        Assert.Empty(await search.NextAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await search.NextAsync(TestContext.Current.CancellationToken));

        _files.Put(Path, FilesReading.Utf8("name,amount\na,1\n"));
        Assert.Single(await search.NextAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_name_that_is_no_UTF8_is_said_instead_of_passed_over(bool isWatched)
    {
        _files.Put("/in/b\uFFFD.csv", FilesReading.Utf8("name,amount\na,1\n"));
        _files.Fault = operation => operation.Kind == FileOperationKind.OpenRead ? new FileNotFoundException() : null;
        var source = Csv.Read<FilesRow>("/in", Options with { NewFilesEvery = isWatched ? TimeSpan.FromSeconds(1) : null });
        var search = source.Discover(FilesReading.Context(), default);
        var error = await Assert.ThrowsAsync<SourceException>(async () => await search.NextAsync(TestContext.Current.CancellationToken));
        Assert.Contains("whose name is no UTF-8", error.Message, StringComparison.Ordinal);
    }

    private static string Rows(string name, int rows) =>
        "name,amount\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{name}{i},{i}\n"));

    private CsvOptions Options => new() { FileSystem = _files };
}
