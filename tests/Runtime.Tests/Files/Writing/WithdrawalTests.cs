using Weir.Runtime.Files.Writing;

namespace Weir.Runtime.Tests;

/// <summary>What a job that falls back to an older checkpoint does about what the lost one had finished, decided by names alone.</summary>
public sealed class WithdrawalTests
{
    private static readonly OutputOwner Me = new("job+to", new RunId(0xa), 2);
    private static readonly CheckpointName From = new(1, new CheckpointId(3));

    [Fact]
    public void Files_up_to_the_checkpoint_stay_and_later_ones_are_hidden()
    {
        var withdrawal = Of([Part(2), Part(3), Part(4), Part(5)], [Entry(3), Entry(4), Entry(5)]);

        Assert.Equal([Part(4), Part(5)], withdrawal.Hide.Select(part => part.Finished));
        Assert.Equal([Entry(4), Entry(5)], withdrawal.Forget.Select(entry => entry.FileName));
        Assert.Empty(withdrawal.Doubled);
        Assert.Null(withdrawal.Describe("/out", new RecoveryContext(From, []), isAccepted: false));
    }

    [Fact]
    public void A_file_that_is_pending_or_hidden_again_was_not_taken() =>
        Assert.Empty(Of([$".{Part(4)}.pending"], [Entry(4)]).Doubled);

    [Fact]
    public void Files_that_readers_have_taken_are_named_with_their_rows()
    {
        var withdrawal = Of([Part(3), Part(5)], [Entry(3), Entry(4), Entry(5)]);
        var recovery = new RecoveryContext(From, [new CheckpointName(1, new CheckpointId(5)), new CheckpointName(1, new CheckpointId(4))]);

        Assert.Equal([Part(4)], withdrawal.Taken);
        var message = withdrawal.Describe("/out", recovery, isAccepted: false);
        Assert.Contains($"1 finished file has been taken from the output directory '/out' since (up to 40 rows", message,
            StringComparison.Ordinal);
        Assert.Contains($"'{Part(4)}'", message, StringComparison.Ordinal);
        Assert.Contains("FileSinkOptions.AcceptsDoubledOutput", message, StringComparison.Ordinal);
        Assert.Contains("are written a second time, as", withdrawal.Describe("/out", recovery, isAccepted: true), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_taken_before_the_checkpoint_doubles_nothing() => Assert.Empty(Of([], [Entry(2), Entry(3)]).Doubled);

    [Fact]
    public void Files_and_entries_of_other_runs_are_not_judged()
    {
        var other = Part(9).Replace("00a-", "00c-", StringComparison.Ordinal);
        var withdrawal = Of([other, "part-other+to-000000000000000a-chk-9.a1-0-9.jsonl"],
            [Entry(9).Replace("00a-", "00c-", StringComparison.Ordinal)]);

        Assert.Empty(withdrawal.Hide);
        Assert.Empty(withdrawal.Doubled);
        Assert.Empty(withdrawal.Forget);
    }

    [Fact]
    public void Without_a_checkpoint_everything_of_this_run_is_withdrawn() =>
        Assert.Equal([Part(1)], Withdrawal.Of(new OutputListing([Part(1)], [Entry(1)]), Me, null).Hide.Select(part => part.Finished));

    [Fact]
    public void A_long_list_of_files_is_cut()
    {
        var withdrawal = Of([], [.. Enumerable.Range(4, 40).Select(Entry)]);

        var message = withdrawal.Describe("/out", new RecoveryContext(From, []), isAccepted: false)!;
        Assert.Contains("40 finished files have been taken", message, StringComparison.Ordinal);
        Assert.Contains(", …", message, StringComparison.Ordinal);
    }

    private static Withdrawal Of(string[] files, string[] records) => Withdrawal.Of(new OutputListing(files, records), Me, From);

    private static string Part(int checkpoint) => $"part-job+to-000000000000000a-chk-{checkpoint}.a1-0-{checkpoint}.jsonl";

    private static string Entry(int checkpoint) => $"done-jsonl-000000000000000a-chk-{checkpoint}.a1-0-{checkpoint}-1-{checkpoint * 10}";
}
