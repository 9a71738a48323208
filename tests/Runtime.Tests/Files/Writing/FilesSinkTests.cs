using System.Text;
using Weir.Runtime.Files.Writing;
using Weir.Testing;

namespace Weir.Runtime.Tests;

public sealed class FilesSinkTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly SimulatedFileSystem _files = new();

    public FilesSinkTests() => FilesRowCsv.Register();

    [Fact]
    public async Task Records_are_hidden_until_committed()
    {
        var process = await Start();
        process.Write(new("a", 1), new("b \"ü\"", 2));
        Assert.All(_files.ListFiles("/out"), name => Assert.StartsWith(".", name, StringComparison.Ordinal));

        await process.PreCommit();
        Assert.Equal([".part-job+totals-0-1-0.jsonl.pending"], _files.ListFiles("/out"));

        await process.Commit();
        Assert.Equal(["part-job+totals-0-1-0.jsonl"], _files.ListFiles("/out"));
        Assert.Equal("{\"name\":\"a\",\"amount\":1}\n{\"name\":\"b \\\"ü\\\"\",\"amount\":2}\n", Text("part-job+totals-0-1-0.jsonl"));
    }

    [Fact]
    public async Task A_transaction_without_records_makes_no_file()
    {
        var process = await Start();
        var checkpoint = await process.PreCommit();
        await process.Commit();

        Assert.Empty(checkpoint.Single().Parts);
        Assert.Empty(_files.ListFiles("/out"));
    }

    [Fact]
    public async Task Commit_is_idempotent_in_this_process_and_the_next()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        var checkpoint = await process.PreCommit();
        await process.Commit();

        await using var next = new FilesSinkProcess(_files, 2);
        await next.Recover(checkpoint);
        await next.Recover(checkpoint);

        Assert.Equal(["part-job+totals-0-1-0.jsonl"], _files.ListFiles("/out"));
    }

    [Fact]
    public async Task A_declined_checkpoint_aborts_nothing()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        await process.PreCommit();
        process.Write(new FilesRow("b", 2));
        await process.PreCommit();
        await process.Commit();

        Assert.Equal([new("a", 1), new("b", 2)], FilesFinished.Rows(_files));
    }

    [Fact]
    public async Task Parts_roll_by_size_and_at_each_checkpoint()
    {
        var process = await Start(new FileSinkOptions { MaxPartBytes = 60 });
        process.Write(Enumerable.Range(0, 7).Select(i => new FilesRow("abc", i)));
        var first = await process.PreCommit();
        process.Write(new FilesRow("abc", 7));
        await process.PreCommit();
        await process.Commit();

        Assert.Equal(["part-job+totals-0-1-0.jsonl", "part-job+totals-0-1-1.jsonl", "part-job+totals-0-1-2.jsonl"], first.Single().Parts);
        Assert.Equal(4, _files.ListFiles("/out").Count);
        Assert.Equal(Enumerable.Range(0, 8), FilesFinished.Rows(_files).Select(row => row.Amount).Order());
    }

    [Fact]
    public async Task More_parts_than_may_stay_open_are_finished_on_the_way()
    {
        var process = await Start(new FileSinkOptions { MaxPartBytes = 1 });
        process.Write(Enumerable.Range(0, 100).Select(i => new FilesRow("abc", i)));
        await process.PreCommit();
        await process.Commit();

        Assert.Equal(100, FilesFinished.Rows(_files).Count);
    }

    [Fact]
    public async Task Csv_parts_have_a_header_each_and_quotes_where_needed()
    {
        var process = new FilesSinkProcess(_files, 1, isCsv: true);
        await process.Recover([]);
        process.Write(new("a,b", 1), new("say \"hi\"", -2));
        await process.PreCommit();
        await process.Commit();

        Assert.Equal("name,amount\n\"a,b\",1\n\"say \"\"hi\"\"\",-2\n", Text("part-job+totals-0-1-0.csv"));
    }

    [Fact]
    public async Task What_no_checkpoint_knows_is_cleaned_up_and_nothing_else()
    {
        string[] others =
        [
            ".part-job+totals-2-0-9-0.jsonl.pending", ".part-job+other-0-1-0.jsonl.pending", ".part-job+totals-0-3-0.jsonl.inprogress", ".part-job+totals-0-1-0.csv.pending",
            ".hidden", "part-job+totals-0-1-5.jsonl", "notes.txt",
        ];
        foreach (var name in (string[])[.. others, ".part-job+totals-0-1-7.jsonl.inprogress", ".part-job+totals-1-1-8.jsonl.pending", ".part-job+totals-0-2-0.jsonl.pending"])
        {
            _files.Put($"/out/{name}", [1]);
        }

        await using var process = new FilesSinkProcess(_files, 2);
        await process.Recover([]);

        Assert.Equal(others.Order(StringComparer.Ordinal), _files.ListFiles("/out"));
    }

    [Fact]
    public async Task Two_jobs_that_write_to_one_directory_leave_each_other_alone()
    {
        await using var first = new FilesSinkProcess(_files, 1, job: "orders");
        await first.Recover([]);
        first.Write(new FilesRow("a", 1));
        var checkpoint = await first.PreCommit();
        first.Write(new FilesRow("b", 2));

        await using var second = new FilesSinkProcess(_files, 1, job: "invoices");
        await second.Recover([]);
        second.Write(new FilesRow("c", 3));
        await second.PreCommit();
        await second.Commit();

        await first.PreCommit();
        await first.Commit();
        Assert.Single(checkpoint.Single().Parts);
        Assert.Equal(
            ["part-invoices+totals-0-1-0.jsonl", "part-orders+totals-0-1-0.jsonl", "part-orders+totals-0-1-1.jsonl"],
            _files.ListFiles("/out"));
    }

    [Fact]
    public async Task A_job_that_begins_anew_beside_old_output_overwrites_nothing()
    {
        var old = await Start();
        old.Write(new FilesRow("old", 1));
        await old.PreCommit();
        await old.Commit();

        var anew = await Start();
        anew.Write(new FilesRow("new", 2));
        await anew.PreCommit();
        await anew.Commit();

        Assert.Equal(["part-job+totals-0-1-0.jsonl", "part-job+totals-0-1-1.jsonl"], _files.ListFiles("/out"));
        Assert.Equal([new("old", 1), new("new", 2)], FilesFinished.Rows(_files));
    }

    [Fact]
    public async Task A_pending_file_that_was_deleted_is_reported_as_lost()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        var checkpoint = await process.PreCommit();
        _files.DeleteFile("/out/.part-job+totals-0-1-0.jsonl.pending");

        await using var next = new FilesSinkProcess(_files, 2);
        var error = await Assert.ThrowsAsync<SinkException>(() => next.Recover(checkpoint));

        Assert.Contains("'/out/part-job+totals-0-1-0.jsonl' is lost", error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<IPermanentFailure>(error);
    }

    [Fact]
    public async Task A_file_that_a_crash_left_with_both_names_is_finished()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        var checkpoint = await process.PreCommit();
        _files.Put("/out/part-job+totals-0-1-0.jsonl", _files.Get("/out/.part-job+totals-0-1-0.jsonl.pending"));

        await process.Commit();

        Assert.Equal(["part-job+totals-0-1-0.jsonl"], _files.ListFiles("/out"));
        Assert.Single(checkpoint);
    }

    [Fact]
    public async Task Another_file_of_the_same_name_is_never_replaced()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        await process.PreCommit();
        _files.Put("/out/part-job+totals-0-1-0.jsonl", [1]);

        await Assert.ThrowsAsync<SinkException>(process.Commit);

        Assert.Equal([1], _files.Get("/out/part-job+totals-0-1-0.jsonl"));
    }

    [Fact]
    public async Task A_full_disk_names_the_file_and_costs_nothing_finished()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        await process.PreCommit();
        await process.Commit();
        _files.FreeBytes = 10;
        process.Write(new FilesRow("b", 2));

        var error = await Assert.ThrowsAsync<IOException>(process.PreCommit);

        Assert.Contains("'/out/.part-job+totals-0-1-1.jsonl.inprogress' is full", error.Message, StringComparison.Ordinal);
        Assert.IsNotAssignableFrom<IPermanentFailure>(error);
        await process.DisposeAsync();
        Assert.Equal(["part-job+totals-0-1-0.jsonl"], _files.ListFiles("/out"));

        _files.FreeBytes = long.MaxValue;
        await using var next = new FilesSinkProcess(_files, 2);
        await next.Recover([]);
        Assert.Equal([new("a", 1)], FilesFinished.Rows(_files));
    }

    [Fact]
    public async Task I3_a_writer_that_is_closed_leaves_no_open_transaction()
    {
        var process = await Start();
        process.Write(new FilesRow("42", 42));
        await process.PreCommit();
        process.Write(new FilesRow("43", 43));
        await process.DisposeAsync();

        Assert.Equal([".part-job+totals-0-1-0.jsonl.pending"], _files.ListFiles("/out"));
    }

    [Fact]
    public async Task Writing_goes_on_while_the_transaction_before_is_pre_committed()
    {
        var sink = (FileSinkWriter<FilesRow>)Weir.Files.JsonLines<FilesRow>("/out", new FileSinkOptions { FileSystem = _files })
            .Open(new SinkContext("job", "totals", 0, 1, default, TimeProvider.System));
        var batch = new Batch<FilesRow>();
        batch.Add(new FilesRow("a", 1));
        var first = sink.Begin();
        sink.Write(first, batch);
        var second = sink.Begin();
        sink.Write(second, batch);

        await sink.CommitAsync(await sink.PreCommitAsync(first, default, None), default, None);
        sink.Write(second, batch);
        await sink.CommitAsync(await sink.PreCommitAsync(second, default, None), default, None);
        await sink.DisposeAsync();

        Assert.Equal(["part-job+totals-0-1-0.jsonl", "part-job+totals-0-1-1.jsonl"], _files.ListFiles("/out"));
        Assert.Equal(3, FilesFinished.Rows(_files).Count);
    }

    [Fact]
    public async Task An_aborted_transaction_leaves_nothing()
    {
        await using var sink = (FileSinkWriter<FilesRow>)Weir.Files.JsonLines<FilesRow>("/out", new FileSinkOptions { FileSystem = _files })
            .Open(new SinkContext("job", "totals", 0, 1, default, TimeProvider.System));
        var batch = new Batch<FilesRow>();
        batch.Add(new FilesRow("a", 1));
        var transaction = sink.Begin();
        sink.Write(transaction, batch);

        await sink.AbortAsync(transaction, None);
        await sink.AbortAsync(transaction, None);

        Assert.Empty(_files.ListFiles("/out"));
    }

    [Fact]
    public void A_transaction_survives_its_codec()
    {
        var codec = FileTransactionCodec.Instance;
        var read = codec.Decode(codec.Encode(new FileTransaction(7, ["part-a-0-1-0.jsonl", "part-a-0-1-1.jsonl"])));

        Assert.Equal(7, read.Number);
        Assert.Equal(["part-a-0-1-0.jsonl", "part-a-0-1-1.jsonl"], read.Parts);
    }

    [Theory]
    [InlineData("totals")]
    [InlineData("a-1-2")]
    [InlineData("Flights/to 3")]
    [InlineData("größe%")]
    [InlineData("..")]
    public void Names_are_read_back_as_they_were_made(string @operator)
    {
        var name = new PartName(PartName.Escape(@operator), 3, 12, 45, ".jsonl");

        foreach (var (text, hidden) in new[] { (name.Finished, false), (name.Pending, true), (name.InProgress, true) })
        {
            Assert.True(PartName.TryParse(text, ".jsonl", out var read, out var isHidden));
            Assert.Equal(name, read);
            Assert.Equal(hidden, isHidden);
            Assert.Equal(hidden, text[0] == '.');
            Assert.DoesNotContain("/", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_long_operator_id_makes_a_short_name() =>
        Assert.InRange(new PartName(PartName.Escape(new string('ü', 300)), 1, 1, 1, ".jsonl").InProgress.Length, 1, 200);

    private async Task<FilesSinkProcess> Start(FileSinkOptions? options = null)
    {
        var process = new FilesSinkProcess(_files, 1, options);
        await process.Recover([]);
        return process;
    }

    private string Text(string name) => Encoding.UTF8.GetString(_files.Get($"/out/{name}"));
}
