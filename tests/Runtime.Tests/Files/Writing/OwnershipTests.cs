using Weir.Runtime.Files.Writing;

namespace Weir.Runtime.Tests;

/// <summary>Who may write to an output directory, decided by names alone.</summary>
public sealed class OwnershipTests
{
    private const string Finished = "part-job+to-000000000000000a-chk-2.a1-0-0.jsonl";
    private const string Entry = "done-jsonl-000000000000000a-chk-2.a1-0-0-1-7";
    private const string PendingPart = ".part-job+to-000000000000000a-chk-3.a1-0-1.jsonl.pending";
    private const string OpenPart = ".part-job+to-000000000000000a-a1-0-2.jsonl.inprogress";
    private const string Owner = "owner-job+to-000000000000000a-a1-1";

    private static readonly OutputOwner Me = new("job+to", new RunId(0xb), 1);

    [Fact]
    public void A_new_directory_is_granted() => Assert.Equal(new OwnershipDecision.Granted(PreviousOwner.None), Decide(Me, [], []));

    [Fact]
    public void The_next_attempt_of_the_same_run_continues() => Assert.Equal(
        new OwnershipDecision.Granted(PreviousOwner.Same),
        Decide(new OutputOwner("job+to", new RunId(0xa), 2), [Finished, PendingPart, OpenPart], [Owner, Entry]));

    [Fact]
    public void An_attempt_whose_successor_has_claimed_is_fenced() => Assert.Contains(
        "has been taken over by operator 'to' of job 'job' (run 000000000000000a, attempt 3): attempt 2 must stop",
        Assert.IsType<OwnershipDecision.Fenced>(
            Decide(new OutputOwner("job+to", new RunId(0xa), 2), [], [Owner, "owner-job+to-000000000000000a-a3-2"])).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData]
    [InlineData(OpenPart)]
    [InlineData(PendingPart)]
    public void After_a_crash_before_the_first_checkpoint_another_run_of_the_same_job_takes_over(params string[] left) =>
        Assert.Equal(new OwnershipDecision.Granted(PreviousOwner.Other), Decide(Me, left, [Owner]));

    [Fact]
    public void H21_finished_files_of_this_job_without_a_checkpoint_are_refused_with_their_number()
    {
        var message = Refused(Decide(Me, [Finished, Finished.Replace("-0-0.", "-0-1.", StringComparison.Ordinal)], [Owner, Entry]));

        Assert.Contains("'/out' holds 2 finished files of this job, without a checkpoint", message, StringComparison.Ordinal);
        Assert.Contains("FileSinkOptions.KeepsExistingOutput", message, StringComparison.Ordinal);
    }

    [Fact]
    public void H21_finished_files_are_seen_without_the_records_too() =>
        Assert.Contains("holds 1 finished file of this job, without a checkpoint", Refused(Decide(Me, [Finished], [])),
            StringComparison.Ordinal);

    [Fact]
    public void H21_finished_files_of_this_life_are_not_withdrawn_when_its_checkpoints_were_deleted_alone()
    {
        var me = new OutputOwner("job+to", new RunId(0xa), 2);

        Assert.Contains("without a checkpoint",
            Refused(new Ownership("/out", me, keepsExisting: false).Forgotten(new OutputListing([Finished], [Owner]))),
            StringComparison.Ordinal);
        Assert.Null(new Ownership("/out", me, keepsExisting: false).Forgotten(new OutputListing([PendingPart, OpenPart], [Owner])));
        Assert.Null(new Ownership("/out", me, keepsExisting: true).Forgotten(new OutputListing([Finished], [Owner])));
        Assert.Null(new Ownership("/out", Me, keepsExisting: false).Forgotten(new OutputListing([Finished], [Owner])));
    }

    [Fact]
    public void H21_finished_files_that_are_gone_are_warned_of()
    {
        var granted = Assert.IsType<OwnershipDecision.Granted>(Decide(Me, [], [Owner, Entry]));

        Assert.Equal(PreviousOwner.Other, granted.Previous);
        Assert.Contains("1 file that operator 'to' of job 'job'", granted.Warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Finished, Owner)]
    [InlineData(Finished, Owner, Entry)]
    [InlineData(Finished)]
    [InlineData("part-of-another-program.jsonl", Owner)]
    [InlineData("part-job+to-0-1-0.jsonl")]
    public void The_user_may_have_files_kept(string file, params string[] records) =>
        Assert.IsType<OwnershipDecision.Granted>(new Ownership("/out", Me, keepsExisting: true).Decide(new OutputListing([file], records)));

    [Theory]
    [InlineData("holds 1 finished file that this job did not write: it belongs to operator 'to' of job 'job'", Finished, Owner)]
    [InlineData("belongs to that job", "", Owner, Entry)]
    [InlineData("which has still to finish files there", PendingPart, Owner)]
    public void Another_job_is_refused_where_something_counts(string message, string file, params string[] records) =>
        Assert.Contains(message, Refused(Decide(new OutputOwner("other+to", new RunId(0xb), 1), [file], records)),
            StringComparison.Ordinal);

    [Fact]
    public void Another_job_may_have_what_was_only_begun() => Assert.Equal(
        new OwnershipDecision.Granted(PreviousOwner.Other), Decide(new OutputOwner("other+to", new RunId(0xb), 1), [OpenPart], [Owner]));

    [Theory]
    [InlineData("job+late", 0xa, true)]
    [InlineData("other+to", 0xb, false)]
    public void Two_sinks_of_one_job_are_told_so_and_not_to_stop_it(string sink, ulong run, bool isSameRun)
    {
        var me = new OutputOwner(sink, new RunId(run), 1);

        var message = new Ownership("/out", me, keepsExisting: false).InUse(new OutputListing([], [Owner]), "/out/.weir/lock");

        Assert.Equal(isSameRun, message.Contains("Two sinks of one job cannot share", StringComparison.Ordinal));
        Assert.Equal(!isSameRun, message.Contains("Stop that job", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_sinks_of_one_job_cannot_share_a_directory() => Assert.Contains(
        "two sinks of one job cannot share a directory", Refused(Decide(new OutputOwner("job+late", new RunId(0xa), 1), [], [Owner])),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(false, "owner-job+to-000000000000000b-a0-2")]
    [InlineData(false, Owner)]
    [InlineData(true, Owner, "owner-job+to-000000000000000a-a2-2")]
    [InlineData(true, "owner-x+to-000000000000000c-a1-1")]
    public void A_claim_of_another_run_that_was_made_since_the_opening_goes_before(bool isRefused, params string[] records)
    {
        var known = new OutputListing([], [Owner]).Claims;

        var decision = new Ownership("/out", Me, keepsExisting: true).Forestalled(new OutputListing([], records), known);

        Assert.Equal(isRefused, decision is OwnershipDecision.Refused);
    }

    [Fact]
    public void Files_of_its_own_life_do_not_keep_a_job_out_behind_a_claim_of_another() => Assert.Equal(
        new OwnershipDecision.Granted(PreviousOwner.Other),
        Decide(Me, [Finished.Replace("000000000000000a", "000000000000000b", StringComparison.Ordinal)], [Owner]));

    [Fact]
    public void A_new_owner_remembers_the_last_claim_of_the_eight_runs_before_it()
    {
        OwnerClaim Claim(ulong run, long attempt, long number) => new(number, new OutputOwner("job+to", new RunId(run), attempt));
        var own = Claim(0xb, 3, 90);
        List<OwnerClaim> claims = [Claim(0xb, 2, 1), Claim(0xa, 5, 3), Claim(0xa, 1, 2), own];

        Assert.Equal([Claim(0xb, 2, 1), Claim(0xa, 1, 2)], Ownership.Settled(claims, own));

        claims.AddRange(Enumerable.Range(0, 8).Select(i => Claim((ulong)(0x10 + i), 1, 10 + i)));
        Assert.Equal([Claim(0xb, 2, 1), Claim(0xa, 5, 3), Claim(0xa, 1, 2)], Ownership.Settled(claims, own));
    }

    [Fact]
    public void Who_holds_the_greatest_claim_is_the_owner()
    {
        var own = new OwnerClaim(2, Me);

        Assert.Null(Lost(own, Owner, own.FileName));
        Assert.Null(Lost(own, own.FileName, "owner-job+to-000000000000000b-a1-1"));
    }

    [Fact]
    public void An_earlier_attempt_that_claims_late_takes_nothing_over()
    {
        var own = new OwnerClaim(2, Me with { Attempt = 5 });

        Assert.Null(Lost(own, own.FileName, "owner-job+to-000000000000000b-a4-3"));
    }

    [Fact]
    public void Who_sees_a_greater_claim_stops()
    {
        var own = new OwnerClaim(2, Me);

        Assert.IsType<OwnershipDecision.Fenced>(Lost(own, own.FileName, "owner-job+to-000000000000000b-a2-3"));
        Assert.Contains("was taken over by operator 'to' of job 'x'", Refused(Lost(own, own.FileName, "owner-x+to-000000000000000c-a1-3")),
            StringComparison.Ordinal);
        Assert.Contains("was taken over by operator 'to' of job 'x'", Refused(Lost(own, "owner-x+to-000000000000000c-a1-3")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("owner-job+to-000000000000000b-a0-1")]
    public void Who_does_not_find_his_claim_has_lost_the_directory(params string[] records) =>
        Assert.Contains("'/out' was removed, emptied or replaced while the job was running", Refused(Lost(new OwnerClaim(2, Me), records)),
            StringComparison.Ordinal);

    [Fact]
    public void Two_claims_of_the_same_number_are_ordered_the_same_by_everybody()
    {
        var claims = new[] { new OwnerClaim(2, Me), new OwnerClaim(2, Me with { Run = new RunId(0xc) }),
            new OwnerClaim(2, Me with { Attempt = 2 }) };

        foreach (var claim in claims)
        {
            Assert.Equal(claim == claims[2], new OutputListing([], claims.Select(other => other.FileName)).Newest == claim);
        }
    }

    private static OwnershipDecision Decide(OutputOwner me, string[] files, string[] records) =>
        new Ownership("/out", me, keepsExisting: false).Decide(new OutputListing(files, records));

    private static OwnershipDecision? Lost(OwnerClaim own, params string[] records) =>
        new Ownership("/out", own.Owner, keepsExisting: false).Lost(new OutputListing([], records), own);

    private static string Refused(OwnershipDecision? decision) => Assert.IsType<OwnershipDecision.Refused>(decision).Message;
}
