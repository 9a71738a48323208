using Weir.Runtime.Channels;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Tests.Channels;

/// <summary>
/// Barriers that overtake data, at a gate over three channels: the cut is made at the first, and what is in flight is handed out.
/// </summary>
public sealed class OvertakingTests
{
    private readonly Channel<string>[] _channels = [new("a", 16, 4), new("b", 16, 4), new("c", 16, 4)];
    private readonly List<string> _seen = [];
    private readonly List<string> _aborted = [];
    private readonly InputGate<string> _gate;
    private int _sent;

    public OvertakingTests()
    {
        _gate = new InputGate<string>(new GateParts<string>(
            "head",
            [new("edge", _channels)],
            new Lanes(),
            new Recorder(_seen),
            (checkpoint, reason) => _aborted.Add($"{checkpoint} {reason}")));
        _gate.Open();
    }

    [Fact]
    public void F13_in_flight_is_the_data_of_channels_whose_barrier_has_not_come()
    {
        Assert.Equal("T1", Run("d0 d2 d0 B1,1 B1,2 d2 d1"));
        Assert.Equal("", Run("d0"));
        Assert.Equal("in flight: 5@0", Run("B1,0"));

        Assert.Equal("T2", Run("d0 d0 d1 d1 d2 B2,0"));
        Assert.Equal("in flight: none", Run("B2,1 B2,2"));
        Assert.Equal("T3 in flight: none", Run("d2 d2 B3,2 d2 d2 B3,0 B3,1"));

        Assert.Equal("T5", Run("d0 d2 d0 B5,1"));
        Assert.Equal("", Run("d2 d0 d2 d1 B5,2 d1 d0 d2 d1"));
        Assert.Equal("in flight: 18@2 19@0 20@2 23@0", Run("B5,0"));
        Assert.Empty(_aborted);

        // Every record was taken in, in order, and none of its channels was ever blocked.
        Assert.Equal(Enumerable.Range(0, _sent).Select(i => $"{i}"), _seen);
    }

    [Fact]
    public void What_a_barrier_overtook_in_its_own_channel_is_in_flight_and_is_processed_all_the_same()
    {
        Send(0);
        Send(0);
        Send(1);
        _channels[0].Send(Overtaking(1));
        Assert.Equal(HeadStep.Barrier, _gate.Step(1, out var barrier));
        Assert.Equal(1, barrier.Checkpoint.Id.Value);
        Assert.Empty(_seen);
        _channels[1].Send(Overtaking(1));
        _channels[2].Send(Overtaking(1));
        Assert.Equal(HeadStep.Element, _gate.Step(1, out _));
        Assert.Equal("in flight: 0@0 1@0 2@1", InFlight());
        StepAll();
        Assert.Equal(["0", "1", "2"], _seen.Order());
    }

    [Fact]
    public void A_barrier_that_overtakes_is_taken_also_while_nothing_else_may_be()
    {
        Send(0);
        _channels[0].Send(Overtaking(1));
        Assert.Equal(HeadStep.Barrier, _gate.StepBarrier(1, out _));
        Assert.Equal(HeadStep.Nothing, _gate.StepBarrier(1, out _));
        Assert.Empty(_seen);
    }

    [Fact]
    public void A_barrier_that_is_next_is_taken_also_while_nothing_else_may_be()
    {
        _channels[0].Send(Barrier(1));
        _channels[2].Send(Barrier(1));
        Send(1);
        Send(0);
        Assert.Equal(HeadStep.Nothing, _gate.StepBarrier(1, out _));
        Assert.Equal(HeadStep.Element, _gate.Step(1, out _));
        _channels[1].Send(Barrier(1));
        Assert.Equal(HeadStep.Barrier, _gate.StepBarrier(1, out _));
        Assert.Equal(["0"], _seen);
    }

    [Fact]
    public void F20_a_barrier_that_overtakes_releases_channels_that_had_delivered_theirs_in_line()
    {
        _channels[0].Send(Barrier(1));
        StepAll();
        Send(0);
        Send(1);
        StepAll();
        Assert.Equal(["1"], _seen);
        Send(1);
        _channels[1].Send(Overtaking(1));
        Assert.Equal(HeadStep.Barrier, _gate.Step(1, out _));
        StepAll();

        // What came behind the barrier of channel 0 is not in flight.
        Assert.Equal(3, _seen.Count);
        Send(2);
        StepAll();
        _channels[2].Send(Barrier(1));
        StepAll();
        Assert.Equal("in flight: 2@1 3@2", InFlight());
        Assert.Empty(_aborted);
    }

    [Fact]
    public void A_newer_barrier_gives_up_the_older_and_a_forgotten_one_is_not_handed_out()
    {
        Send(0);
        _channels[0].Send(Overtaking(1));
        Assert.Equal("T1", Taken());
        _channels[1].Send(Overtaking(2));
        Assert.Equal("T2", Taken());
        Assert.Equal(["chk-1 Subsumed"], _aborted);
        _gate.OnForget(new CheckpointId(2));
        _channels[0].Send(Overtaking(2));
        _channels[2].Send(Overtaking(2));
        Assert.Equal("", Taken());
        _channels[0].Send(Overtaking(1));
        Assert.Equal("", Taken());
        StepAll();
        Assert.Equal(["0"], _seen);
    }

    [Fact]
    public void A_channel_that_has_ended_is_not_waited_for_and_watermarks_are_in_flight_too()
    {
        _channels[1].Write(StreamElement<string>.End);
        StepAll();
        _channels[0].Write(StreamElement<string>.Of(new Watermark(5)));
        _channels[0].Send(Overtaking(1));
        Assert.Equal("T1", Taken());
        _channels[2].Send(Overtaking(1));
        Assert.Equal("in flight: WM(5)@0", Taken());
    }

    private static Weir.Runtime.Streams.Barrier Barrier(long checkpoint) => new(new CheckpointName(7, new CheckpointId(checkpoint)), false);

    private static Weir.Runtime.Streams.Barrier Overtaking(long checkpoint) =>
        Barrier(checkpoint) with { OvertakesAt = Weir.Runtime.Streams.Barrier.AtOnce };

    // d0: data on channel 0; B1,2: the barrier of checkpoint 1 overtakes in channel 2. The gate takes in what there is after each.
    private string Run(string items)
    {
        var happened = new List<string>();
        foreach (var item in items.Split(' '))
        {
            if (item[0] == 'd')
            {
                Send(item[1] - '0');
            }
            else
            {
                _channels[item[3] - '0'].Send(Overtaking(item[1] - '0'));
            }

            happened.Add(Taken());
        }

        return string.Join(' ', happened.Where(text => text.Length > 0));
    }

    private string Taken()
    {
        var happened = new List<string>();
        for (var step = _gate.Step(1, out var barrier); step != HeadStep.Nothing; step = _gate.Step(1, out barrier))
        {
            if (step == HeadStep.Barrier)
            {
                happened.Add($"T{barrier.Checkpoint.Id.Value}");
            }
        }

        happened.Add(InFlight());
        return string.Join(' ', happened.Where(text => text.Length > 0));
    }

    private string InFlight() => !_gate.TryTakeInFlight(out var elements) ? ""
        : elements.Count == 0 ? "in flight: none"
        : "in flight: " + string.Join(
            ' ', elements.Select(
            element => $"{element.Element.Batch?.Values[0] ?? element.Element.Watermark.ToString()}@{element.Channel}"));

    private void Send(int channel)
    {
        var batch = _channels[channel].Rent();
        batch.Add($"{_sent++}");
        _channels[channel].Write(StreamElement<string>.Of(batch, 1));
    }

    private void StepAll()
    {
        while (_gate.Step(1, out _) != HeadStep.Nothing)
        {
        }
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
