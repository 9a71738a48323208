using Weir.Graph;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>Sends each record to the receiver that the user's function says, gathered a batch at a time.</summary>
/// <remarks>A batch that is sent holds records of one batch that came in, so that it comes from one lane.</remarks>
/// <typeparam name="T">The records.</typeparam>
internal sealed class ChoiceExchange<T> : Receiver<T>, IOutput
{
    private readonly PartitionStage<T> _stage;
    private readonly Channel<T>[] _channels;
    private readonly Broadcast<T> _all;
    private readonly Flow _flow;
    private readonly Batch<T>?[] _gathered;
    private readonly RecordSizes<T> _sizes = new();

    /// <summary>Makes the sending end in one subtask.</summary>
    /// <param name="stage">The stage with the user's function.</param>
    /// <param name="channels">One for each receiver.</param>
    /// <param name="counters">Where the newest watermark is shown.</param>
    /// <param name="flow">Told when a channel is full.</param>
    /// <param name="lanes">The lanes that the receivers are told of; null where records have event times.</param>
    public ChoiceExchange(PartitionStage<T> stage, Channel<T>[] channels, SubtaskCounters counters, Flow flow, Lanes? lanes)
    {
        _stage = stage;
        _channels = channels;
        _all = new Broadcast<T>(channels, counters, flow);
        _flow = flow;
        _gathered = new Batch<T>?[channels.Length];
        if (lanes is not null)
        {
            _ = new SentLanes<T>(lanes, _all);
        }
    }

    public Action? Wake
    {
        set => _all.Wake = value;
    }

    public ChannelLoad Load => _all.Load;

    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        for (var i = 0; i < values.Length; i++)
        {
            var receiver = Choice.Of(_stage, values[i], _channels.Length);
            var gathered = _gathered[receiver] ??= _channels[receiver].Rent();
            if (times.Length > 0)
            {
                gathered.Add(values[i], times[i]);
            }
            else
            {
                gathered.Add(values[i]);
            }
        }

        Send(batch.Lane);
    }

    public override void OnWatermark(Watermark watermark) => _all.Send(watermark);

    public override void OnIdle(bool isIdle) => _all.Send(StreamElement<T>.OfIdle(isIdle));

    public void OnBarrier(Barrier barrier) => _all.Send(StreamElement<T>.Of(barrier));

    public void OnEnd() => _all.Send(StreamElement<T>.End);

    public bool TryDrain(ref bool isProgress) => _all.TryDrain(ref isProgress);

    private void Send(int lane)
    {
        for (var receiver = 0; receiver < _gathered.Length; receiver++)
        {
            if (_gathered[receiver] is { } gathered)
            {
                _gathered[receiver] = null;
                gathered.Lane = lane;
                if (!_channels[receiver].Write(StreamElement<T>.Of(gathered, _sizes.Of(gathered))))
                {
                    _flow.Close();
                }
            }
        }
    }
}
