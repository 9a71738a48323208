using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>Sends whole batches to its receivers in turn. With one receiver: a forward edge.</summary>
internal sealed class RebalanceExchange<T> : Receiver<T>, IOutput
{
    private readonly Channel<T>[] _channels;
    private readonly Broadcast<T> _all;
    private readonly Flow _flow;
    private readonly RecordSizes<T> _sizes = new();
    private int _next;

    /// <summary>Makes the sending end in one subtask.</summary>
    /// <param name="channels">One for each receiver.</param>
    /// <param name="first">Where to begin: subtasks that begin at different receivers load them evenly.</param>
    /// <param name="counters">Where the newest watermark is shown.</param>
    /// <param name="flow">Told when a channel is full.</param>
    /// <param name="lanes">The lanes that the receivers are told of; null where records have event times, and so watermarks say
    /// all.</param>
    public RebalanceExchange(Channel<T>[] channels, int first, SubtaskCounters counters, Flow flow, Lanes? lanes)
    {
        _channels = channels;
        _all = new Broadcast<T>(channels, counters, flow);
        _flow = flow;
        if (lanes is not null)
        {
            _ = new SentLanes<T>(lanes, _all);
        }

        _next = first % channels.Length;
    }

    public Action? Wake
    {
        set => _all.Wake = value;
    }

    public override void OnBatch(Batch<T> batch)
    {
        var channel = _channels[_next];
        _next = _next + 1 == _channels.Length ? 0 : _next + 1;
        var copy = channel.Rent();
        batch.Values.CopyTo(copy.Open(out var times, batch.IsTimed));
        batch.Times.CopyTo(times);
        copy.Commit(batch.Count);
        copy.Lane = batch.Lane;
        if (!channel.Write(StreamElement<T>.Of(copy, _sizes.Of(copy))))
        {
            _flow.Close();
        }
    }

    public override void OnWatermark(Watermark watermark) => _all.Send(watermark);

    public override void OnIdle(bool isIdle) => _all.Send(StreamElement<T>.OfIdle(isIdle));

    public void OnBarrier(Barrier barrier) => _all.Send(StreamElement<T>.Of(barrier));

    public void OnEnd() => _all.Send(StreamElement<T>.End);

    public ChannelLoad Load => _all.Load;

    public bool TryDrain(ref bool isProgress) => _all.TryDrain(ref isProgress);
}
