using Weir.Runtime.Files.Writing;
using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>One run takes over a directory from another: whoever comes back later finds what it needs, or is told.</summary>
public sealed class OutputTakeoverTests
{
    private readonly SimulatedFileSystem _files = new();

    public OutputTakeoverTests() => FilesRowCsv.Register();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_does_not_continue_where_another_run_in_its_place_has_given_all_to_a_reader(bool hasFiles)
    {
        (CheckpointName Checkpoint, FileTransaction Handle)[] held;
        await using (var first = new FilesSinkProcess(_files, 1))
        {
            await first.Recover();
            first.Write(hasFiles ? [new FilesRow("a", 1)] : []);
            held = await first.PreCommit(1);
        }

        await using (var other = new FilesSinkProcess(_files, 1, run: 0xb))
        {
            await other.Recover();
            await other.Checkpoint(1, new FilesRow("a", 1), new FilesRow("b", 2));
        }

        var reader = new FilesReader(_files);
        reader.Take();
        var from = held[0].Checkpoint;
        await using (var again = new FilesSinkProcess(_files, 2))
        {
            var error = await Assert.ThrowsAsync<SinkException>(() => again.Recover(held, from));
            Assert.Contains(
                "1 file that operator 'totals' of job 'job' (run 000000000000000b, attempt 1) had finished in '/out' is not there any "
                    + "more, and this run continues from chk-1 of attempt 1, before that", error.Message, StringComparison.Ordinal);
            Assert.Equal([1, 2], reader.Rows());
        }

        // What the first had pending, the other has cleaned away.
        await using var accepting = new FilesSinkProcess(_files, 3, new FileSinkOptions { AcceptsDoubledOutput = true });
        await accepting.Recover(hasFiles ? [] : held, from);
    }

    [Fact]
    public async Task An_attempt_that_was_asleep_while_its_successor_was_replaced_does_not_hide_that()
    {
        var files = new SimulatedFileSystem { HasLocks = false };
        await using var sleeper = new FilesSinkProcess(files, 1);
        (CheckpointName Checkpoint, FileTransaction Handle)[] held;
        await using (var first = new FilesSinkProcess(files, 2))
        {
            await first.Recover();
            held = await first.PreCommit(1);
        }

        await using (var other = new FilesSinkProcess(files, 1, run: 0xb))
        {
            await other.Recover();
            await other.Checkpoint(1, new FilesRow("a", 1));
        }

        new FilesReader(files).Take();
        await Assert.ThrowsAsync<FencedException>(() => sleeper.Recover());

        await using var again = new FilesSinkProcess(files, 3);
        var error = await Assert.ThrowsAsync<SinkException>(() => again.Recover(held, held[0].Checkpoint));
        Assert.Contains("and this run continues from chk-1 of attempt 2, before that", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_refused_in_the_middle_of_taking_over_leaves_the_ledger_whole()
    {
        // Of two files one was taken. The other becomes visible when the rival has looked for the first time, and has claimed.
        var files = new SimulatedFileSystem { HasLocks = false };
        await using (var first = new FilesSinkProcess(files, 1))
        {
            await first.Recover();
            await first.Checkpoint(1, new FilesRow("a", 1));
        }

        new FilesReader(files).Take();
        var records = files.ListFiles("/out/.weir").Where(name => name.StartsWith("done-", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(records);
        await using var rival = new FilesSinkProcess(files, 1, run: 0xb);
        files.Fault = next =>
        {
            if (next.Kind == FileOperationKind.Create && next.Path.Contains("/.weir/owner-", StringComparison.Ordinal))
            {
                files.Fault = null;
                files.Put("/out/part-job+totals-000000000000000a-chk-1.a1-1-0.jsonl", "{}"u8);
            }

            return null;
        };

        await Assert.ThrowsAsync<SinkException>(() => rival.Recover());

        Assert.Equal(records, files.ListFiles("/out/.weir").Where(name => name.StartsWith("done-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_that_another_process_finishes_and_a_reader_takes_at_this_moment_is_not_lost()
    {
        (CheckpointName Checkpoint, FileTransaction Handle)[] held;
        var first = new FilesSinkProcess(_files, 1);
        await first.Recover();
        first.Write(new FilesRow("a", 1));
        held = await first.PreCommit(1);
        await first.DisposeAsync();
        var reader = new FilesReader(_files);
        await using var second = new FilesSinkProcess(_files, 2);
        var looks = 0;
        _files.Fault = next =>
        {
            // The first look is for the entry.
            if (next.Path.Contains("/out/.part-", StringComparison.Ordinal) && looks++ == 0)
            {
                _files.Fault = null;
                using (_files.CreateNew($"/out/.weir/{LedgerEntry.Of(held[0].Handle).FileName}"))
                {
                }

                _files.Rename(next.Path, $"/out/{held[0].Handle.Parts[0]}");
                reader.Take();
            }

            return null;
        };

        await second.Recover(held, held[0].Checkpoint);

        Assert.Contains("a reader has taken it: the job goes on", Assert.Single(second.Warnings), StringComparison.Ordinal);
        Assert.Equal([1], reader.Rows());
    }
}
