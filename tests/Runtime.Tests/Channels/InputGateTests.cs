using Weir.Runtime.Channels;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Tests.Channels;

public sealed class InputGateTests
{
    private readonly Channel<string>[] _channels = [new("a", 8, 4), new("b", 8, 4), new("c", 8, 4)];
    private readonly Lanes _lanes = new();
    private readonly Recorder _recorder = new();
    private readonly List<string> _aborted = [];
    private readonly InputGate<string> _gate;

    public InputGateTests()
    {
        _gate = new InputGate<string>(new GateParts<string>(
            "head", [new("edge", _channels)], _lanes, _recorder, (checkpoint, reason) => _aborted.Add($"{checkpoint} {reason}")));
        _gate.Open();
    }

    [Fact]
    public void Channels_are_read_in_turn_so_that_a_busy_one_starves_nobody()
    {
        Send(0, "a1", "a2", "a3");
        Send(1, "b1");
        Send(2, "c1", "c2");
        StepAll();
        Assert.Equal("a1@0 b1@1 c1@2 a2@0 c2@2 a3@0", _recorder.Seen);
    }

    [Fact]
    public void F1_a_channel_that_has_delivered_its_barrier_waits_for_the_others()
    {
        _channels[0].Send(BarrierOf(1));
        Send(0, "after");
        Send(1, "before");
        _channels[1].Send(BarrierOf(1));
        StepAll();
        Assert.Equal("before@1", _recorder.Seen);
        _channels[2].Send(BarrierOf(1));
        Assert.Equal(HeadStep.Barrier, _gate.Step(0, out var barrier));
        Assert.Equal(new CheckpointName(7, new CheckpointId(1)), barrier.Checkpoint);
        StepAll();
        Assert.Equal("before@1 after@0", _recorder.Seen);
    }

    [Fact]
    public void A_checkpoint_outlives_a_newer_one_that_is_forgotten()
    {
        _channels[0].Send(BarrierOf(1));
        StepAll();
        _gate.OnForget(new CheckpointId(2));
        _channels[1].Send(BarrierOf(1));
        _channels[1].Send(BarrierOf(2));
        Send(1, "after");
        _channels[2].Send(BarrierOf(1));
        Assert.Equal(HeadStep.Barrier, _gate.Step(0, out var barrier));
        Assert.Equal(new CheckpointId(1), barrier.Checkpoint.Id);
        StepAll();
        Assert.Equal("after@1", _recorder.Seen);
        Assert.Empty(_aborted);
    }

    [Fact]
    public void A_forgotten_checkpoint_lets_its_channels_go_on()
    {
        _channels[0].Send(BarrierOf(1));
        Send(0, "after");
        StepAll();
        Assert.Equal("", _recorder.Seen);
        _gate.OnForget(new CheckpointId(1));
        StepAll();
        Assert.Equal("after@0", _recorder.Seen);
        Assert.Empty(_aborted);
    }

    [Fact]
    public void A_newer_barrier_gives_up_the_older_checkpoint_and_says_so()
    {
        _channels[0].Send(BarrierOf(1));
        StepAll();
        _channels[1].Send(BarrierOf(2));
        StepAll();
        Assert.Equal(["chk-1 Subsumed"], _aborted);
    }

    [Fact]
    public void The_watermark_is_the_least_and_an_ended_lane_is_not_waited_for()
    {
        _channels[0].Write(StreamElement<string>.Of(new Watermark(5)));
        _channels[1].Write(StreamElement<string>.Of(new Watermark(9)));
        _channels[2].Write(StreamElement<string>.Of(Watermark.EndOfTime));
        StepAll();
        Assert.Equal("WM(5)", _recorder.Seen);
        Assert.Equal(LaneStatus.Ended, _lanes.StatusOf(2));
        _channels[0].Write(StreamElement<string>.OfIdle(true));
        _channels[1].Write(StreamElement<string>.Of(Watermark.EndOfTime));
        StepAll();
        Assert.Equal("WM(5) WM(9) WM(end)", _recorder.Seen);
    }

    [Fact]
    public void A_full_channel_keeps_what_is_sent_in_order_until_there_is_room()
    {
        var channel = new Channel<string>("a", 2, 4);
        var woken = 0;
        channel.Writable = () => woken++;
        for (var i = 0; i < 5; i++)
        {
            channel.Write(StreamElement<string>.Of(new Watermark(i)));
        }

        var isProgress = false;
        Assert.False(channel.TryDrain(ref isProgress));
        Assert.False(isProgress);
        for (var i = 0; i < 5; i++)
        {
            Assert.True(channel.TryRead(out var element));
            Assert.Equal(i, element.Watermark.Time);
            channel.TryDrain(ref isProgress);
        }

        Assert.True(channel.TryDrain(ref isProgress));
        Assert.Equal(5, woken);
        Assert.False(channel.TryRead(out _));
    }

    [Fact]
    public void Batches_go_round_and_are_not_made_anew()
    {
        var channel = new Channel<string>("a", 2, 4);
        var first = channel.Rent();
        first.Add("x");
        channel.Write(StreamElement<string>.Of(first));
        Assert.True(channel.TryRead(out var element));
        channel.Return(element.Batch!);
        Assert.Same(first, channel.Rent());
        Assert.Equal(0, first.Count);
    }

    private static Weir.Runtime.Streams.Barrier BarrierOf(long checkpoint) =>
        new(new CheckpointName(7, new CheckpointId(checkpoint)), false);

    private void Send(int channel, params string[] values)
    {
        foreach (var value in values)
        {
            var batch = _channels[channel].Rent();
            batch.Add(value);
            _channels[channel].Write(StreamElement<string>.Of(batch));
        }
    }

    private void StepAll()
    {
        while (_gate.Step(0, out _) != HeadStep.Nothing)
        {
        }
    }

    private sealed class Recorder : Receiver<string>
    {
        private readonly List<string> _seen = [];

        public string Seen => string.Join(' ', _seen);

        public override void OnBatch(Batch<string> batch) =>
            _seen.AddRange(batch.Values.ToArray().Select(value => $"{value}@{batch.Lane}"));

        public override void OnWatermark(Watermark watermark) => _seen.Add(watermark.ToString());

        public override void OnIdle(bool isIdle) => _seen.Add(isIdle ? "idle" : "active");
    }
}
