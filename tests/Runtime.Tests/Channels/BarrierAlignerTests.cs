using Weir.Runtime.Channels;

namespace Weir.Runtime.Tests.Channels;

/// <summary>Barriers, ends and cancellations in; what was taken, aborted and blocked out.</summary>
public sealed class BarrierAlignerTests
{
    private readonly List<string> _decided = [];
    private BarrierAligner _aligner = new(3);

    [Fact]
    public void F1_a_checkpoint_is_taken_when_all_channels_have_delivered()
    {
        Barrier(1, 1);
        Assert.Equal("1", Blocked());
        Barrier(1, 2);
        Assert.Equal("1 2", Blocked());
        Barrier(1, 0);
        Assert.Equal("", Blocked());
        Barrier(2, 0);
        Barrier(2, 1);
        Barrier(2, 2);
        Barrier(3, 2);
        Barrier(3, 0);
        Barrier(3, 1);
        Barrier(4, 0);
        Barrier(4, 1);
        Barrier(4, 2);
        End(0);
        End(1);
        End(2);
        Assert.Equal("T1 T2 T3 T4", string.Join(' ', _decided));
    }

    [Fact]
    public void F2_a_newer_barrier_or_an_end_gives_up_the_older_checkpoint()
    {
        _aligner = new BarrierAligner(3, endCounts: false);
        Barrier(1, 1);
        Barrier(1, 2);
        Barrier(1, 0);
        Barrier(2, 1);
        Barrier(2, 0);
        Assert.Equal("0 1", Blocked());
        Barrier(3, 2);
        Assert.Equal("2", Blocked());
        Barrier(3, 0);
        Assert.Equal("0 2", Blocked());
        Barrier(4, 1);
        Assert.Equal("1", Blocked());
        End(0);
        Assert.Equal("", Blocked());
        Assert.Equal("T1 X2:Subsumed X3:Subsumed X4:EndOfChannel", string.Join(' ', _decided));
    }

    [Fact]
    public void F4_a_cancelled_checkpoint_blocks_nothing_any_more()
    {
        Barrier(1, 0);
        Barrier(1, 1);
        Barrier(1, 2);
        Barrier(2, 0);
        Barrier(2, 2);
        Assert.Equal("0 2", Blocked());
        Cancel(2);
        Assert.Equal("", Blocked());
        Barrier(3, 0);
        Barrier(3, 1);
        Barrier(3, 2);
        Cancel(4);
        Barrier(4, 2);
        Barrier(4, 0);
        Assert.Equal("", Blocked());
        Barrier(5, 0);
        Barrier(5, 1);
        Barrier(5, 2);
        Cancel(6);
        Cancel(6);
        Barrier(6, 0);
        Assert.Equal("", Blocked());
        Assert.Equal("T1 X2:Canceled T3 X4:Canceled T5 X6:Canceled", string.Join(' ', _decided));
    }

    [Fact]
    public void F4_a_cancellation_gives_up_no_checkpoint_but_its_own()
    {
        Barrier(1, 0);
        Cancel(2);
        Cancel(4);
        Assert.Equal("0", Blocked());
        Barrier(1, 1);
        Barrier(1, 2);
        Barrier(2, 0);
        Assert.Equal("", Blocked());
        Barrier(3, 0);
        Barrier(3, 1);
        Barrier(2, 2);
        Barrier(3, 2);
        Barrier(4, 1);
        Assert.Equal("", Blocked());
        Assert.True(_aligner.IsOver(new CheckpointId(4)));
        Assert.Equal("X2:Canceled X4:Canceled T1 T3", string.Join(' ', _decided));
    }

    [Fact]
    public void F4_a_checkpoint_whose_barriers_are_still_to_come_outlives_the_cancellation_of_a_newer_one()
    {
        Cancel(2);
        Barrier(1, 0);
        Barrier(1, 2);
        Barrier(1, 1);
        Assert.Equal("X2:Canceled T1", string.Join(' ', _decided));
    }

    [Fact]
    public void F7_the_end_of_a_channel_counts_as_its_barrier()
    {
        Barrier(1, 0);
        Barrier(1, 1);
        End(2);
        Assert.Equal("T1", string.Join(' ', _decided));
    }

    [Fact]
    public void F8_a_channel_that_delivered_and_ended_counts_once()
    {
        Barrier(2, 0);
        Barrier(2, 1);
        End(1);
        Assert.Empty(_decided);
        Barrier(2, 2);
        Assert.Equal("T2", string.Join(' ', _decided));
    }

    [Fact]
    public void R11_an_older_barrier_is_ignored_and_blocks_nothing()
    {
        Barrier(5, 0);
        Barrier(4, 1);
        Assert.Equal("0", Blocked());
        Cancel(3);
        Assert.Equal("0", Blocked());
        Barrier(5, 1);
        Barrier(5, 2);
        Barrier(5, 2);
        Assert.Equal("T5", string.Join(' ', _decided));
    }

    [Fact]
    public void In_any_interleaving_every_checkpoint_cuts_each_channel_at_its_barrier()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var channels = Enumerable.Range(0, 3).Select(_ => Script(random)).ToArray();
            var read = new List<int>[] { [], [], [] };
            var taken = 0;
            _aligner = new BarrierAligner(3);
            while (channels.Any(channel => channel.Count > 0))
            {
                var readable = Enumerable.Range(0, 3).Where(channel => channels[channel].Count > 0 && !_aligner.IsBlocked(channel))
                    .ToList();
                Assert.True(readable.Count > 0, $"seed {seed}: every channel is blocked");
                var channel = readable[random.Next(readable.Count)];
                var element = channels[channel].Dequeue();
                var decision = element switch
                {
                    0 => AlignerDecision.None,
                    int.MaxValue => _aligner.OnEnd(channel),
                    _ => _aligner.OnBarrier(channel, new CheckpointId(element)),
                };
                Assert.Null(decision.Aborted);
                read[channel].Add(element);
                if (decision.Taken is { } checkpoint)
                {
                    // Exactly what came before the barrier has been read of each channel, the barrier last, unless the channel has ended.
                    Assert.Equal(++taken, checkpoint.Value);
                    Assert.All(read, seen => Assert.True(seen[^1] == taken || seen[^1] == int.MaxValue, $"seed {seed}"));
                }
            }

            Assert.Equal(5, taken);
        }
    }

    // Data is 0, a barrier its number, the end the highest number.
    private static Queue<int> Script(Random random)
    {
        var script = new Queue<int>();
        for (var checkpoint = 1; checkpoint <= 5; checkpoint++)
        {
            for (var i = random.Next(4); i > 0; i--)
            {
                script.Enqueue(0);
            }

            script.Enqueue(checkpoint);
        }

        script.Enqueue(int.MaxValue);
        return script;
    }

    private void Barrier(long checkpoint, int channel) => Note(_aligner.OnBarrier(channel, new CheckpointId(checkpoint)));

    private void Cancel(long checkpoint) => Note(_aligner.OnCancel(new CheckpointId(checkpoint)));

    private void End(int channel) => Note(_aligner.OnEnd(channel));

    private void Note(AlignerDecision decision)
    {
        if (decision.Aborted is { } aborted)
        {
            _decided.Add($"X{aborted.Value}:{decision.Reason}");
        }

        if (decision.Taken is { } taken)
        {
            _decided.Add($"T{taken.Value}");
        }
    }

    private string Blocked() => string.Join(' ', Enumerable.Range(0, 3).Where(_aligner.IsBlocked));
}
