using Weir.Runtime.Operators.Sources;

namespace Weir.Runtime.Tests.Operators.Sources;

public sealed class SplitBoardTests
{
    [Fact]
    public void A_checkpoint_holds_each_split_once_in_whatever_order_subtasks_cut_and_take()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var parallelism = 1 + random.Next(4);
            var board = new SplitBoard<int>(parallelism);
            board.Add([.. Enumerable.Range(0, 20)], new byte[] { 1 }, null);
            var taken = new List<int>[parallelism];
            var cuts = new CheckpointId[parallelism];
            var held = new Dictionary<(int Subtask, long Checkpoint), int[]>();
            var states = new Dictionary<long, IReadOnlyList<int>>();
            Array.Fill(taken, []);
            taken = [.. taken.Select(_ => new List<int>())];
            for (var step = 0; step < 200; step++)
            {
                var subtask = random.Next(parallelism);
                if (random.Next(4) > 0)
                {
                    if (board.TryTake(subtask, cuts[subtask], out var split))
                    {
                        taken[subtask].Add(split.Split);
                    }
                }
                else if (cuts[subtask].Value <= cuts.Min(cut => cut.Value))
                {
                    var checkpoint = new CheckpointId(cuts[subtask].Value + 1);
                    cuts[subtask] = checkpoint;
                    board.Cut(checkpoint);
                    held[(subtask, checkpoint.Value)] = [.. taken[subtask]];
                    if (subtask == 0)
                    {
                        states[checkpoint.Value] = Unread(board, checkpoint);
                    }
                }
            }

            for (var checkpoint = 1L; checkpoint <= cuts.Min(cut => cut.Value); checkpoint++)
            {
                var all = states[checkpoint].Concat(Enumerable.Range(0, parallelism).SelectMany(subtask => held[(subtask, checkpoint)]));
                Assert.Equal(Enumerable.Range(0, 20), all.Order());
            }
        }
    }

    [Fact]
    public void Who_holds_many_splits_after_a_restore_is_dealt_fewer()
    {
        var board = new SplitBoard<int>(2);
        board.Restore(new BoardState<int>([.. Enumerable.Range(0, 6).Select(n => ((long)n, n))], new byte[] { 1 }, null, []));
        board.Hold(0, [6, 7, 8, 9]);
        board.Hold(1, []);
        board.Open();
        Assert.Equal((1, 6), board.Count(0));
        Assert.Equal((5, 6), board.Count(1));
    }

    [Fact]
    public void Nobody_takes_a_split_before_it_has_cut_for_the_newest_checkpoint()
    {
        var board = new SplitBoard<int>(2);
        board.Add([1, 2], new byte[] { 1 }, null);
        board.Cut(new CheckpointId(1));
        Assert.False(board.TryTake(1, default, out _));
        board.Cut(new CheckpointId(1));
        Assert.True(board.TryTake(1, new CheckpointId(1), out var split));
        Assert.Equal(2, split.Split);
        Assert.Equal([1, 2], Unread(board, new CheckpointId(1)));
    }

    [Fact]
    public void In_order_of_time_a_restore_deals_a_split_to_whoever_holds_none_that_is_later()
    {
        var board = new SplitBoard<int>(2, isInOrder: true);
        board.Restore(new BoardState<int>([(3, 3), (5, 5), (7, 7), (8, 8)], new byte[] { 1 }, null, []));
        board.Hold(0, [6]);
        board.Hold(1, [1]);
        board.Open();
        Assert.Equal([3, 5], All(board, 1));
        Assert.Equal([7, 8], All(board, 0));
    }

    [Fact]
    public void Ordinals_come_back_from_a_checkpoint_and_go_on_behind_the_greatest()
    {
        var codec = new BoardStateCodec<int>(Codecs.Of<int>());
        var state = new BoardState<int>([(4, 40), (9, 90)], new byte[] { 1 }, TimeSpan.FromSeconds(1), [90]);
        var back = codec.Decode(codec.Encode(state));
        Assert.Equal(state.Unread, back.Unread);
        var board = new SplitBoard<int>(1);
        board.Hold(0, [12]);
        board.Restore(back);
        board.Open();
        board.Add([100], new byte[] { 1 }, null);
        Assert.Equal([(4, 40), (9, 90), (13, 100)], board.StateAt(new CheckpointId(1)).Unread);
    }

    private static int[] Unread(SplitBoard<int> board, CheckpointId checkpoint) =>
        [.. board.StateAt(checkpoint).Unread.Select(unread => unread.Split)];

    private static List<int> All(SplitBoard<int> board, int subtask)
    {
        var all = new List<int>();
        while (board.TryTake(subtask, default, out var next))
        {
            all.Add(next.Split);
        }

        return all;
    }
}
