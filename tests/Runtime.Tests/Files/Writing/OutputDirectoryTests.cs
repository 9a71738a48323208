using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>A sink holds its directory: nobody else writes there, and it notices when the directory is no longer what it was.</summary>
public sealed class OutputDirectoryTests
{
    private readonly SimulatedFileSystem _files = new();

    public OutputDirectoryTests() => FilesRowCsv.Register();

    [Theory]
    [InlineData("job", "totals")]
    [InlineData("other", "totals")]
    [InlineData("job", "late")]
    public async Task A_second_sink_is_refused_while_the_first_is_open(string job, string @operator)
    {
        await using var first = new FilesSinkProcess(_files, 1);
        await first.Recover();

        var error = Assert.Throws<SinkException>(() => new FilesSinkProcess(_files, 1, @operator: @operator, job: job, run: 0xb));

        Assert.Contains("The output directory '/out' is in use: operator 'totals' of job 'job' (run 000000000000000a, attempt 1) writes "
            + "to it", error.Message, StringComparison.Ordinal);
        await first.Checkpoint(1, new FilesRow("a", 1));
        Assert.Equal([1], new FilesReader(_files).Rows());
    }

    [Fact]
    public async Task Two_sinks_of_one_job_are_refused_where_locks_do_nothing()
    {
        var files = new SimulatedFileSystem { HasLocks = false };
        await using var first = new FilesSinkProcess(files, 1);
        await using var second = new FilesSinkProcess(files, 1, @operator: "late");
        await first.Recover();

        var error = await Assert.ThrowsAsync<SinkException>(() => second.Recover());

        Assert.Contains("two sinks of one job cannot share a directory", error.Message, StringComparison.Ordinal);
        await first.Checkpoint(1, new FilesRow("a", 1));
        Assert.Equal([1], new FilesReader(files).Rows());
    }

    [Theory]
    [InlineData("job")]
    [InlineData("other")]
    public async Task Who_took_the_lock_is_refused_if_the_owner_claims_first(string job)
    {
        await using (var first = new FilesSinkProcess(_files, 1))
        {
            await first.Recover();
        }

        await using var rival = new FilesSinkProcess(_files, 1, job: job, run: 0xb);
        await using var successor = new FilesSinkProcess(_files, 2);
        await successor.Recover();

        var error = await Assert.ThrowsAsync<SinkException>(() => rival.Recover());

        Assert.Contains(
            "'/out' is in use: operator 'totals' of job 'job' (run 000000000000000a, attempt 2) has claimed it "
                + $"while operator 'totals' of job '{job}' (run 000000000000000b",
            error.Message,
            StringComparison.Ordinal);
        await successor.Checkpoint(1, new FilesRow("a", 1));
        Assert.Equal([1], new FilesReader(_files).Rows());
    }

    [Fact]
    public async Task The_owner_is_refused_if_who_took_the_lock_claims_first()
    {
        await using (var first = new FilesSinkProcess(_files, 1))
        {
            await first.Recover();
        }

        await using var rival = new FilesSinkProcess(_files, 1, job: "other", run: 0xb);
        await using var successor = new FilesSinkProcess(_files, 2);
        await rival.Recover();

        var error = await Assert.ThrowsAsync<SinkException>(() => successor.Recover());

        Assert.Contains("'/out' is in use: operator 'totals' of job 'other'", error.Message, StringComparison.Ordinal);
        await rival.Checkpoint(1, new FilesRow("a", 1));
        Assert.Equal([1], new FilesReader(_files).Rows());
    }

    [Fact]
    public async Task An_ended_job_lets_its_directory_go()
    {
        await using (var first = new FilesSinkProcess(_files, 1))
        {
            await first.Recover();
        }

        await using var second = new FilesSinkProcess(_files, 1, job: "other", run: 0xb);
        await second.Recover();
        await second.Checkpoint(1, new FilesRow("a", 1));
        Assert.Equal([1], new FilesReader(_files).Rows());
    }

    [Fact]
    public async Task An_abandoned_attempt_of_this_process_hands_the_lock_to_the_next()
    {
        var sink = Weir.Files.JsonLines<FilesRow>("/out", new FileSinkOptions { FileSystem = _files });
        await using var hung = sink.Open(Context(1));
        await using var next = sink.Open(Context(2));
        await using var sibling = sink.Open(Context(2) with { Subtask = 1 });

        Assert.Throws<SinkException>(() => sink.Open(Context(3) with { RunId = new RunId(0xb) }));
        await hung.DisposeAsync();
        Assert.Null(_files.TryLock("/out/.weir/lock"));
        await next.DisposeAsync();
        Assert.Null(_files.TryLock("/out/.weir/lock"));
        await sibling.DisposeAsync();
        await sibling.DisposeAsync();
        Assert.NotNull(_files.TryLock("/out/.weir/lock"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task H22_a_directory_that_is_removed_is_noticed_at_the_next_barrier_even_without_records(bool hasRecords)
    {
        await using var process = await Started();
        if (hasRecords)
        {
            process.Write(new FilesRow("b", 2));
        }

        _files.DeleteDirectory("/out");
        Gone(await Assert.ThrowsAsync<SinkException>(() => process.PreCommit(2)));
    }

    [Fact]
    public async Task H22_a_directory_that_is_removed_is_noticed_by_the_first_record_of_a_file()
    {
        await using var process = await Started();
        _files.DeleteDirectory("/out");
        Gone(Assert.Throws<SinkException>(() => process.Write(new FilesRow("b", 2))));
    }

    [Fact]
    public async Task H22_a_directory_that_is_removed_before_the_commit_is_noticed_then()
    {
        await using var process = await Started();
        process.Write(new FilesRow("b", 2));
        await process.PreCommit(2);
        _files.DeleteDirectory("/out");
        Gone(await Assert.ThrowsAsync<SinkException>(process.Commit));
    }

    [Fact]
    public async Task H22_a_directory_that_was_replaced_by_an_empty_one_is_noticed()
    {
        await using var process = await Started();
        _files.DeleteDirectory("/out");
        _files.CreateDirectory("/out");
        Gone(await Assert.ThrowsAsync<SinkException>(() => process.PreCommit(2)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task H22_a_directory_that_is_removed_before_any_operation_is_named_as_the_reason(bool isCreatedAnew)
    {
        for (var operation = 1; ; operation++)
        {
            var files = new SimulatedFileSystem();
            await using var process = new FilesSinkProcess(files, 1);
            await process.Recover();
            await process.Checkpoint(1, new FilesRow("a", 1));
            var (at, isRemoved) = (files.Operations + operation, false);
            files.Fault = next =>
            {
                if (next.Number == at)
                {
                    isRemoved = true;
                    files.DeleteDirectory("/out");
                    if (isCreatedAnew)
                    {
                        files.CreateDirectory("/out");
                    }
                }

                return null;
            };

            var error = await Record.ExceptionAsync(async () =>
            {
                for (var checkpoint = 2; checkpoint < 5; checkpoint++)
                {
                    await process.Checkpoint(checkpoint, new FilesRow("b", checkpoint));
                }
            });

            if (!isRemoved)
            {
                Assert.Null(error);
                Assert.True(operation > 20, $"three checkpoints are {operation} operations long");
                return;
            }

            // After the last look of the last commit nobody looks again.
            Gone(error as SinkException ?? await Assert.ThrowsAsync<SinkException>(() => process.PreCommit(5)));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task H22_a_job_does_not_continue_in_another_directory_however_often_it_is_started(bool hasFiles)
    {
        var process = await Started();
        var checkpoint = hasFiles ? await process.Checkpoint(2, new FilesRow("b", 2)) : await process.PreCommit(2);
        await process.DisposeAsync();
        _files.DeleteDirectory("/out");

        for (var attempt = 2; attempt < 5; attempt++)
        {
            await using var next = new FilesSinkProcess(_files, attempt);
            var error = await Assert.ThrowsAsync<SinkException>(() => next.Recover(checkpoint, process.Name(2)));
            Assert.Contains("'/out' is not the one that the checkpoint's files were written to", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sink_that_is_new_in_a_job_with_checkpoints_begins_in_a_new_directory()
    {
        await using var process = new FilesSinkProcess(_files, 4);
        await process.Recover(from: new CheckpointName(3, new CheckpointId(9)));
        await process.Checkpoint(10, new FilesRow("a", 1));
        Assert.Equal([1], new FilesReader(_files).Rows());
    }

    [Fact]
    public async Task Output_and_checkpoints_deleted_together_are_a_fresh_start()
    {
        await (await Started()).DisposeAsync();
        _files.DeleteDirectory("/out");

        await using var anew = new FilesSinkProcess(_files, 1, run: 0xb);
        await anew.Recover();
        await anew.Checkpoint(1, new FilesRow("b", 2));
        Assert.Equal([2], new FilesReader(_files).Rows());
    }

    [Fact]
    public async Task H21_kept_output_stays_beside_that_of_the_new_run_also_after_a_restart()
    {
        await (await Started()).DisposeAsync();

        var refused = Assert.Throws<SinkException>(() => new FilesSinkProcess(_files, 1, run: 0xb));
        Assert.Contains("'/out' holds 1 finished file of this job, without a checkpoint", refused.Message, StringComparison.Ordinal);

        var anew = new FilesSinkProcess(_files, 1, new FileSinkOptions { KeepsExistingOutput = true }, run: 0xb);
        await anew.Recover();
        var checkpoint = await anew.Checkpoint(1, new FilesRow("b", 2));
        await anew.DisposeAsync();

        await using var again = new FilesSinkProcess(_files, 2, run: 0xb);
        await again.Recover(checkpoint, anew.Name(1));
        await again.Checkpoint(2, new FilesRow("c", 3));
        Assert.Equal([1, 2, 3], new FilesReader(_files).Rows());
    }

    [Fact]
    public async Task Doubled_rows_are_accepted_once_and_said()
    {
        var process = await Started();
        var older = await process.PreCommit(2);
        await process.Commit();
        await process.Checkpoint(3, new FilesRow("b", 2), new FilesRow("c", 3));
        await process.DisposeAsync();
        new FilesReader(_files).Take();

        var refused = new FilesSinkProcess(_files, 2);
        var error = await Assert.ThrowsAsync<SinkException>(() => refused.Recover(older, process.Name(2), null, process.Name(3)));
        Assert.Contains("1 finished file has been taken", error.Message, StringComparison.Ordinal);
        Assert.Contains("(up to 2 rows, those of chk-3 of attempt 1): 'part-job+totals-000000000000000a-chk-3.a1-0-1.jsonl'",
            error.Message, StringComparison.Ordinal);
        await refused.DisposeAsync();

        var accepting = new FilesSinkProcess(_files, 3, new FileSinkOptions { AcceptsDoubledOutput = true });
        await accepting.Recover(older, process.Name(2), null, process.Name(3));
        Assert.Contains("1 finished file has been taken", accepting.Warnings.Single(), StringComparison.Ordinal);
        await accepting.DisposeAsync();

        await using var next = new FilesSinkProcess(_files, 4);
        await next.Recover(older, process.Name(2));
        Assert.Empty(next.Warnings);
    }

    [Fact]
    public async Task Withdrawn_files_are_said()
    {
        var process = await Started();
        await process.Checkpoint(2, new FilesRow("b", 2));
        await process.DisposeAsync();

        await using var next = new FilesSinkProcess(_files, 2);
        await next.Recover(from: process.Name(1), damaged: process.Name(2));

        Assert.Contains("1 finished files in '/out' are withdrawn", next.Warnings.Single(), StringComparison.Ordinal);
        Assert.Equal([1], new FilesReader(_files).Rows());
        Assert.Equal(["part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl"], _files.ListFiles("/out"));
    }

    [Fact]
    public async Task The_ledger_holds_no_more_than_the_retained_checkpoints_and_a_little()
    {
        await using var process = new FilesSinkProcess(_files, 1, retained: 3);
        await process.Recover();
        for (var id = 1; id <= 50; id++)
        {
            await process.Checkpoint(id, new FilesRow("a", id));
            Assert.InRange(Entries(), 1, 5);
        }
    }

    [Fact]
    public async Task The_ledger_does_not_grow_by_restarts()
    {
        (CheckpointName Checkpoint, Files.Writing.FileTransaction Handle)[]? held = null;
        CheckpointName? from = null;
        for (var id = 1; id <= 50; id++)
        {
            await using var process = new FilesSinkProcess(_files, id);
            await process.Recover(held, from, new CheckpointId(Math.Max(1, id - 3)));
            held = await process.Checkpoint(id, new FilesRow("a", id));
            from = process.Name(id);
            Assert.InRange(Entries(), 1, 5);
        }
    }

    [Fact]
    public async Task No_pattern_for_output_files_matches_a_record()
    {
        await using var process = await Started();

        Assert.DoesNotContain(_files.ListFiles("/out/.weir"), name =>
            name.StartsWith("part-", StringComparison.Ordinal) || Path.GetExtension(name) is ".jsonl" or ".csv");
        Assert.Single(_files.ListFiles("/out"));
    }

    private static SinkContext Context(long attempt) => new("job", "totals", 0, attempt, new RunId(0xa), TimeProvider.System);

    private static void Gone(SinkException error)
    {
        Assert.Contains("'/out' was removed, emptied or replaced while the job was running", error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<IPermanentFailure>(error);
    }

    private async Task<FilesSinkProcess> Started()
    {
        var process = new FilesSinkProcess(_files, 1);
        await process.Recover();
        await process.Checkpoint(1, new FilesRow("a", 1));
        return process;
    }

    private int Entries() => _files.ListFiles("/out/.weir").Count(name => name.StartsWith("done-", StringComparison.Ordinal));
}
