using Weir.Runtime.Files.Writing;

namespace Weir.Runtime.Tests;

public sealed class LedgerRoundsTests
{
    [Fact]
    public void An_entry_is_let_go_when_so_many_checkpoints_are_complete_that_it_is_not_retained()
    {
        var rounds = new LedgerRounds(2);

        Assert.Equal([[], [], [1], [2], [3], [4]], Enumerable.Range(1, 6).Select(id => Round(rounds, id)));
    }

    [Fact]
    public void Checkpoints_without_files_count_too()
    {
        var rounds = new LedgerRounds(1);
        rounds.Committed(new(1), Entry(1));
        Assert.Empty(rounds.EndRound(new(2)));
        rounds.Committed(new(2), null);

        Assert.Equal([Entry(1)], rounds.EndRound(new(3)));
    }

    [Fact]
    public void Pre_commits_without_a_commit_between_are_no_rounds()
    {
        var rounds = new LedgerRounds(1);
        rounds.Committed(new(1), Entry(1));
        Assert.All(Enumerable.Range(2, 10), id => Assert.Empty(rounds.EndRound(new(id))));
    }

    [Fact]
    public void What_was_committed_with_one_checkpoint_goes_together()
    {
        var rounds = new LedgerRounds(1);
        rounds.Committed(new(1), Entry(1));
        rounds.Committed(new(2), Entry(2));
        Assert.Empty(rounds.EndRound(new(3)));
        rounds.Committed(new(3), Entry(3));

        Assert.Equal([Entry(1), Entry(2)], rounds.EndRound(new(4)));
    }

    /// <summary>Seed 1268365759 of the simulated windows: the retained checkpoint still held what was forgotten, and a reader had it.</summary>
    [Fact]
    public void A_checkpoint_that_was_cut_before_a_commit_and_completes_behind_it_still_needs_the_entry()
    {
        // 2 completes when 3 has been cut, and holds 2 as undecided; 4 is given up.
        var rounds = new LedgerRounds(1);
        Assert.Empty(rounds.EndRound(new(2)));
        Assert.Empty(rounds.EndRound(new(3)));
        rounds.Committed(new(2), Entry(2));
        Assert.Empty(rounds.EndRound(new(4)));
        rounds.Committed(new(3), Entry(3));
        Assert.Empty(rounds.EndRound(new(5)));
        rounds.Committed(new(4), Entry(4));
        rounds.Committed(new(5), Entry(5));

        Assert.Equal([Entry(2), Entry(3)], rounds.EndRound(new(6)));
    }

    private static long[] Round(LedgerRounds rounds, long id)
    {
        rounds.Committed(new(id), Entry(id));
        return [.. rounds.EndRound(new(id + 1)).Select(entry => entry.Checkpoint.Id.Value)];
    }

    private static LedgerEntry Entry(long id) => new(new RunId(1), new CheckpointName(1, new CheckpointId(id)), 0, id, 1, 1, ".jsonl");
}
