using Weir.Runtime.Channels;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;
using Barrier = Weir.Runtime.Streams.Barrier;

namespace Weir.Runtime.Tests.Channels;

/// <summary>Barriers that are aligned for a while and then overtake, at a gate whose time the test says. The time-out is 100.</summary>
public sealed class TimedBarrierTests
{
    private const long Timeout = 100;

    private readonly List<string> _seen = [];
    private readonly List<string> _aborted = [];
    private Channel<string>[] _channels = [];
    private InputGate<string>? _gate;
    private long _now = 1_000;

    [Fact]
    public void F17_a_barrier_that_was_announced_and_has_waited_too_long_is_taken_unaligned_and_the_next_one_aligned()
    {
        Make(2);
        Send(0, "a");
        _channels[0].Send(Timed(1));
        Assert.Equal(_now + Timeout, _gate!.OvertakesAt);
        Assert.Equal("", Taken());
        Assert.Equal(["a"], _seen);
        Send(1, "b");
        _now += Timeout + 1;
        Assert.Equal("T1", Taken());
        _channels[1].Send(Timed(1));
        Assert.Equal("", Taken());
        Assert.Equal(["1:b"], InFlight());

        _channels[0].Send(Timed(2));
        Send(0, "behind");
        Send(1, "c");
        Assert.Equal("", Taken());
        Assert.Equal(["a", "b", "c"], _seen);
        _channels[1].Send(Timed(2));
        Assert.Equal("T2", Taken());
        Assert.Empty(InFlight());
        Assert.Equal(["a", "b", "c", "behind"], _seen);
    }

    [Fact]
    public void F20_when_time_is_up_a_checkpoint_is_taken_without_the_other_channel_and_nobody_is_blocked_any_more()
    {
        Make(2);
        _channels[0].Send(Timed(1));
        Send(0, "behind");
        Assert.Equal("", Taken());
        Assert.False(_gate!.IsBarrierDue(_now + Timeout - 1));
        Assert.True(_gate.IsBarrierDue(_now + Timeout));
        _now += Timeout + 1;
        Assert.Equal("T1", Taken());
        Assert.Equal(["behind"], _seen);
        Send(1, "in front");
        Assert.Equal("", Taken());
        _channels[1].Send(Timed(1));
        Taken();
        Assert.Equal(["1:in front"], InFlight());
    }

    [Fact]
    public void F22_checkpoints_and_savepoints_in_turn_over_123_channels_are_all_taken_in_order()
    {
        Make(123);
        for (var id = 1; id <= 123; id++)
        {
            var (first, isSavepoint) = (id % 123, id % 2 == 0);
            var taken = new List<string>();
            for (var i = 0; i < 123; i++)
            {
                _channels[(first + i) % 123].Send(isSavepoint ? Timed(id).InLine : Timed(id) with { OvertakesAt = Barrier.AtOnce });
                taken.Add(Taken());

                // A savepoint comes with the last barrier, an unaligned checkpoint with the first.
                Assert.Equal(i == (isSavepoint ? 122 : 0) ? $"T{id}" : "", taken[^1]);
            }

            Assert.True(isSavepoint || InFlight().Count == 0);
        }

        Assert.Empty(_aborted);
    }

    [Fact]
    public void F22_a_barrier_that_is_older_than_the_one_under_way_changes_nothing_and_blocks_nobody()
    {
        Make(2);
        _channels[0].Send(Timed(10).InLine);
        Taken();
        _channels[1].Send(Timed(5).InLine);
        Send(1, "goes on");
        Assert.Equal("", Taken());
        Assert.Equal(["goes on"], _seen);
        _channels[1].Send(Timed(10).InLine);
        Assert.Equal("T10", Taken());
    }

    [Fact]
    public void A_barrier_that_overtakes_waits_for_those_of_edges_on_which_nothing_may_be_in_flight()
    {
        Make(2, inLine: 1);
        Send(0, "a");
        Send(0, "b");
        Send(1, "rule");
        _channels[0].Send(Timed(1) with { OvertakesAt = Barrier.AtOnce });
        Send(0, "behind");
        Assert.Equal("", Taken());
        Assert.Equal(["a", "b", "rule"], _seen.Order());
        _channels[1].Send(Timed(1).InLine);
        Assert.Equal("T1", Taken());
        Assert.Empty(InFlight());
        Assert.Equal("behind", _seen[^1]);
    }

    [Fact]
    public void At_least_once_a_channel_that_has_delivered_goes_on()
    {
        Make(2, blocks: false);
        _channels[0].Send(Timed(1).InLine);
        Send(0, "behind");
        Assert.Equal("", Taken());
        Assert.Equal(["behind"], _seen);
        _channels[1].Send(Timed(1).InLine);
        Assert.Equal("T1", Taken());
    }

    private void Make(int channels, int inLine = -1, bool blocks = true)
    {
        _channels = [.. Enumerable.Range(0, channels).Select(i => new Channel<string>($"{i}", 8, 4))];
        _gate = new InputGate<string>(new GateParts<string>(
            "head",
            [.. _channels.Select((channel, i) => new GateEdge<string>($"{i}", [channel]) { IsInLine = i == inLine })],
            new Lanes(),
            new Recorder(_seen),
            (checkpoint, reason) => _aborted.Add($"{checkpoint} {reason}"))
        {
            Blocks = blocks,
        });
        _gate.Open();
    }

    private Barrier Timed(long checkpoint) =>
        new(new CheckpointName(1, new CheckpointId(checkpoint)), false) { OvertakesAt = _now + Timeout };

    private void Send(int channel, string value)
    {
        var batch = _channels[channel].Rent();
        batch.Add(value);
        _channels[channel].Write(StreamElement<string>.Of(batch, 1));
    }

    private string Taken()
    {
        var taken = new List<string>();
        for (var step = _gate!.Step(_now, out var barrier); step != HeadStep.Nothing; step = _gate.Step(_now, out barrier))
        {
            if (step == HeadStep.Barrier)
            {
                taken.Add($"T{barrier.Checkpoint.Id.Value}");
                _gate.OnCut(barrier.Checkpoint.Id);
            }
        }

        return string.Join(' ', taken);
    }

    private List<string> InFlight()
    {
        Assert.True(_gate!.TryTakeInFlight(out var elements));
        return [.. elements.Select(element => $"{element.Channel}:{element.Element.Batch!.Values[0]}")];
    }

    private sealed class Recorder(List<string> seen) : Receiver<string>
    {
        public override void OnBatch(Batch<string> batch) => seen.Add(batch.Values[0]);

        public override void OnWatermark(Watermark watermark)
        {
        }

        public override void OnIdle(bool isIdle)
        {
        }
    }
}
