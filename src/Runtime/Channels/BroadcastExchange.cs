using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>Sends each batch to every receiver: a copy of the batch, of the same records.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class BroadcastExchange<T> : Receiver<T>, IOutput
{
    private readonly Channel<T>[] _channels;
    private readonly Broadcast<T> _all;
    private readonly Flow _flow;
    private readonly RecordSizes<T> _sizes = new();

    /// <summary>Makes the sending end in one subtask.</summary>
    /// <param name="channels">One for each receiver.</param>
    /// <param name="counters">Where the newest watermark is shown.</param>
    /// <param name="flow">Told when a channel is full.</param>
    /// <param name="lanes">The lanes that the receivers are told of; null where records have event times.</param>
    public BroadcastExchange(Channel<T>[] channels, SubtaskCounters counters, Flow flow, Lanes? lanes)
    {
        _channels = channels;
        _all = new Broadcast<T>(channels, counters, flow);
        _flow = flow;
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
        var bytes = _sizes.Of(batch);
        foreach (var channel in _channels)
        {
            var copy = channel.Rent();
            BatchCopy.Into(copy, batch, 0);
            if (!channel.Write(StreamElement<T>.Of(copy, bytes)))
            {
                _flow.Close();
            }
        }
    }

    public override void OnWatermark(Watermark watermark) => _all.Send(watermark);

    public override void OnIdle(bool isIdle) => _all.Send(StreamElement<T>.OfIdle(isIdle));

    public void OnBarrier(Barrier barrier) => _all.Send(StreamElement<T>.Of(barrier));

    public void OnEnd() => _all.Send(StreamElement<T>.End);

    public bool TryDrain(ref bool isProgress) => _all.TryDrain(ref isProgress);
}
