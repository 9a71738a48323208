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
        rounds.Committed(Entry(1));
        Assert.Empty(rounds.EndRound());
        rounds.Committed(null);

        Assert.Equal([Entry(1)], rounds.EndRound());
    }

    [Fact]
    public void Pre_commits_without_a_commit_between_are_no_rounds()
    {
        var rounds = new LedgerRounds(1);
        rounds.Committed(Entry(1));
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Empty(rounds.EndRound()));
    }

    [Fact]
    public void What_was_committed_with_one_checkpoint_goes_together()
    {
        var rounds = new LedgerRounds(1);
        rounds.Committed(Entry(1));
        rounds.Committed(Entry(2));
        Assert.Empty(rounds.EndRound());
        rounds.Committed(Entry(3));

        Assert.Equal([Entry(1), Entry(2)], rounds.EndRound());
    }

    private static long[] Round(LedgerRounds rounds, long id)
    {
        rounds.Committed(Entry(id));
        return [.. rounds.EndRound().Select(entry => entry.Checkpoint.Id.Value)];
    }

    private static LedgerEntry Entry(long id) => new(new RunId(1), new CheckpointName(1, new CheckpointId(id)), 0, id, 1, 1, ".jsonl");
}
