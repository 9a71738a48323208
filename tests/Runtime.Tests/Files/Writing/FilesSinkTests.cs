using System.Text;
using Weir.Runtime.Files.Writing;
using Weir.Testing;

namespace Weir.Runtime.Tests;

public sealed class FilesSinkTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly CheckpointName One = new(1, new CheckpointId(1));
    private static readonly CheckpointName Two = new(1, new CheckpointId(2));
    private readonly SimulatedFileSystem _files = new();

    public FilesSinkTests() => FilesRowCsv.Register();

    [Fact]
    public async Task Records_are_hidden_until_committed()
    {
        var process = await Start();
        process.Write(new("a", 1), new("b \"ü\"", 2));
        Assert.All(_files.ListFiles("/out"), name => Assert.StartsWith(".", name, StringComparison.Ordinal));

        await process.PreCommit(1);
        Assert.Equal([".part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl.pending"], _files.ListFiles("/out"));

        await process.Commit();
        Assert.Equal(["part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl"], _files.ListFiles("/out"));
        Assert.Equal("{\"name\":\"a\",\"amount\":1}\n{\"name\":\"b \\\"ü\\\"\",\"amount\":2}\n",
            Text("part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl"));
    }

    [Fact]
    public async Task A_transaction_without_records_makes_no_file()
    {
        var process = await Start();
        var checkpoint = await process.PreCommit(1);
        await process.Commit();

        Assert.Empty(checkpoint.Single().Handle.Parts);
        Assert.Empty(_files.ListFiles("/out"));
    }

    [Fact]
    public async Task Commit_is_idempotent_in_this_process_and_the_next()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        var checkpoint = await process.PreCommit(1);
        await process.Commit();
        await process.DisposeAsync();

        await using var next = new FilesSinkProcess(_files, 2);
        await next.Recover(checkpoint, process.Name(1));
        await next.Recover(checkpoint, process.Name(1));

        Assert.Equal(["part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl"], _files.ListFiles("/out"));
    }

    [Fact]
    public async Task A_declined_checkpoint_aborts_nothing()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        await process.PreCommit(1);
        process.Write(new FilesRow("b", 2));
        await process.PreCommit(2);
        await process.Commit();

        Assert.Equal([new("a", 1), new("b", 2)], FilesFinished.Rows(_files));
    }

    [Fact]
    public async Task Parts_roll_by_size_and_at_each_checkpoint()
    {
        var process = await Start(new FileSinkOptions { MaxPartBytes = 60 });
        process.Write(Enumerable.Range(0, 7).Select(i => new FilesRow("abc", i)));
        var first = await process.PreCommit(1);
        process.Write(new FilesRow("abc", 7));
        await process.PreCommit(2);
        await process.Commit();

        Assert.Equal(["part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl", "part-job+totals-000000000000000a-chk-1.a1-0-1.jsonl",
            "part-job+totals-000000000000000a-chk-1.a1-0-2.jsonl"], first.Single().Handle.Parts);
        Assert.Equal(4, _files.ListFiles("/out").Count);
        Assert.Equal(Enumerable.Range(0, 8), FilesFinished.Rows(_files).Select(row => row.Amount).Order());
    }

    [Fact]
    public async Task More_parts_than_may_stay_open_are_finished_on_the_way()
    {
        var process = await Start(new FileSinkOptions { MaxPartBytes = 1 });
        process.Write(Enumerable.Range(0, 100).Select(i => new FilesRow("abc", i)));
        await process.PreCommit(1);
        await process.Commit();

        Assert.Equal(100, FilesFinished.Rows(_files).Count);
    }

    [Fact]
    public async Task Csv_parts_have_a_header_each_and_quotes_where_needed()
    {
        var process = new FilesSinkProcess(_files, 1, isCsv: true);
        await process.Recover();
        process.Write(new("a,b", 1), new("say \"hi\"", -2));
        await process.PreCommit(1);
        await process.Commit();

        Assert.Equal("name,amount\n\"a,b\",1\n\"say \"\"hi\"\"\",-2\n", Text("part-job+totals-000000000000000a-chk-1.a1-0-0.csv"));
    }

    [Fact]
    public async Task What_no_checkpoint_knows_is_cleaned_up_and_nothing_else()
    {
        const string Own = "part-job+totals-000000000000000a-";
        string[] others =
        [
            $".{Own}a3-0-0.jsonl.inprogress", $".{Own}chk-9.a3-0-0.jsonl.pending", ".hidden", ".part-of-something-else.pending",
            $"{Own}chk-1.a1-0-5.jsonl", "part-other+to-000000000000000b-chk-9.a9-0-0.jsonl", "notes.txt",
        ];
        string[] left =
        [
            $".{Own}a1-0-7.jsonl.inprogress", $".{Own}chk-2.a1-1-8.jsonl.pending", $".{Own}chk-2.a1-1-8.csv.pending",
                $".{Own}chk-2.a2-0-0.jsonl.pending",
            ".part-job+totals-000000000000000b-a9-0-0.jsonl.inprogress",
        ];
        foreach (var name in (string[])[.. others, .. left, ".weir/owner-job+totals-000000000000000a-a1-1"])
        {
            _files.Put($"/out/{name}", []);
        }

        await using var process = new FilesSinkProcess(_files, 2);
        await process.Recover(from: new CheckpointName(1, new CheckpointId(1)));

        Assert.Equal(others.Order(StringComparer.Ordinal), _files.ListFiles("/out"));
        Assert.Empty(process.Warnings);
    }

    [Fact]
    public async Task A_pending_file_that_was_deleted_before_it_was_finished_is_reported_as_lost()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        var checkpoint = await process.PreCommit(1);
        await process.DisposeAsync();
        _files.DeleteFile("/out/.part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl.pending");

        await using var next = new FilesSinkProcess(_files, 2);
        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<SinkException>(() => next.Recover(checkpoint, process.Name(1)));
            Assert.Contains("'/out/part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl' is lost", error.Message, StringComparison.Ordinal);
            Assert.IsAssignableFrom<IPermanentFailure>(error);
        }
    }

    [Fact]
    public async Task H23_a_finished_file_that_a_reader_took_is_warned_of_by_name()
    {
        var process = await Start();
        var checkpoint = await process.Checkpoint(1, new FilesRow("a", 1));
        await process.DisposeAsync();
        new FilesReader(_files).Take();

        await using var next = new FilesSinkProcess(_files, 2);
        await next.Recover(checkpoint, process.Name(1));

        Assert.Contains("'/out/part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl' of job 'job' is not there any more",
            next.Warnings.Single(), StringComparison.Ordinal);
        Assert.Equal([1], new FilesReader(_files).Rows());
    }

    [Fact]
    public async Task A_file_that_a_crash_left_with_both_names_is_finished()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        var checkpoint = await process.PreCommit(1);
        _files.Put("/out/part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl",
            _files.Get("/out/.part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl.pending"));

        await process.Commit();

        Assert.Equal(["part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl"], _files.ListFiles("/out"));
        Assert.Single(checkpoint);
    }

    [Fact]
    public async Task Another_file_of_the_same_name_is_never_replaced()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        await process.PreCommit(1);
        _files.Put("/out/part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl", [1]);

        await Assert.ThrowsAsync<SinkException>(process.Commit);

        Assert.Equal([1], _files.Get("/out/part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl"));
    }

    [Fact]
    public async Task A_full_disk_names_the_file_and_costs_nothing_finished()
    {
        var process = await Start();
        process.Write(new FilesRow("a", 1));
        var checkpoint = await process.PreCommit(1);
        await process.Commit();
        _files.FreeBytes = 10;
        process.Write(new FilesRow("b", 2));

        var error = await Assert.ThrowsAsync<IOException>(() => process.PreCommit(2));

        Assert.Contains("'/out/.part-job+totals-000000000000000a-a1-0-1.jsonl.inprogress' is full", error.Message,
            StringComparison.Ordinal);
        Assert.IsNotAssignableFrom<IPermanentFailure>(error);
        await process.DisposeAsync();
        Assert.Equal(["part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl"], _files.ListFiles("/out"));

        _files.FreeBytes = long.MaxValue;
        await using var next = new FilesSinkProcess(_files, 2);
        await next.Recover(checkpoint, process.Name(1));
        Assert.Equal([new("a", 1)], FilesFinished.Rows(_files));
    }

    [Fact]
    public async Task I3_a_writer_that_is_closed_leaves_no_open_transaction()
    {
        var process = await Start();
        process.Write(new FilesRow("42", 42));
        await process.PreCommit(1);
        process.Write(new FilesRow("43", 43));
        await process.DisposeAsync();

        Assert.Equal([".part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl.pending"], _files.ListFiles("/out"));
    }

    [Fact]
    public async Task Writing_goes_on_while_the_transaction_before_is_pre_committed()
    {
        var sink = (FileSinkWriter<FilesRow>)Weir.Files.JsonLines<FilesRow>("/out", new FileSinkOptions { FileSystem = _files })
            .Open(new SinkContext("job", "totals", 0, 1, new RunId(0xa), TimeProvider.System));
        var batch = new Batch<FilesRow>();
        batch.Add(new FilesRow("a", 1));
        var first = sink.Begin();
        sink.Write(first, batch);
        var second = sink.Begin();
        sink.Write(second, batch);

        await sink.CommitAsync(await sink.PreCommitAsync(first, One, None), One, None);
        sink.Write(second, batch);
        await sink.CommitAsync(await sink.PreCommitAsync(second, Two, None), Two, None);
        await sink.DisposeAsync();

        Assert.Equal(["part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl", "part-job+totals-000000000000000a-chk-2.a1-0-1.jsonl"],
            _files.ListFiles("/out"));
        Assert.Equal(3, FilesFinished.Rows(_files).Count);
    }

    [Fact]
    public async Task An_aborted_transaction_leaves_nothing()
    {
        await using var sink = (FileSinkWriter<FilesRow>)Weir.Files.JsonLines<FilesRow>("/out", new FileSinkOptions { FileSystem = _files })
            .Open(new SinkContext("job", "totals", 0, 1, new RunId(0xa), TimeProvider.System));
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
        var read = codec.Decode(codec.Encode(new FileTransaction(7, ["part-a-0-1-0.jsonl", "part-a-0-1-1.jsonl"], 42)));

        Assert.Equal(7, read.Number);
        Assert.Equal(42, read.Rows);
        Assert.Equal(["part-a-0-1-0.jsonl", "part-a-0-1-1.jsonl"], read.Parts);
    }

    private async Task<FilesSinkProcess> Start(FileSinkOptions? options = null)
    {
        var process = new FilesSinkProcess(_files, 1, options);
        await process.Recover();
        return process;
    }

    private string Text(string name) => Encoding.UTF8.GetString(_files.Get($"/out/{name}"));
}
