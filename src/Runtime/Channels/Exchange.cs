using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>Sends batches to its receivers as they are dealt out, and progress to all of them.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class Exchange<T> : Receiver<T>, IOutput, ICounted
{
    private readonly Channel<T>[] _channels;
    private readonly Broadcast<T> _all;
    private readonly Flow _flow;
    private readonly Dealing<T> _dealing;
    private readonly SentInFlight<T>? _inFlight;
    private RecordCounter[] _counted = [];

    /// <summary>Makes the sending end in one subtask.</summary>
    /// <param name="channels">One for each receiver.</param>
    /// <param name="counters">Where the newest watermark is shown.</param>
    /// <param name="flow">Told when a channel is full.</param>
    /// <param name="lanes">The lanes that the receivers are told of; null where records have event times, and so watermarks say
    /// all.</param>
    /// <param name="dealing">Who gets which records.</param>
    /// <param name="inFlight">What barriers overtake here; null where they never do.</param>
    public Exchange(
        Channel<T>[] channels, SubtaskCounters counters, Flow flow, Lanes? lanes, Dealing<T> dealing, SentInFlight<T>? inFlight = null)
    {
        _inFlight = inFlight;
        _channels = channels;
        _all = new Broadcast<T>(channels, counters, flow);
        _flow = flow;
        _dealing = dealing;
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

    public void CountBy(RecordCounter counter) => _counted = [.. _counted, counter];

    public override void OnBatch(Batch<T> batch)
    {
        foreach (var counter in _counted)
        {
            counter.Add(batch.Count);
        }

        if (!_dealing.TryDeal(batch, _channels))
        {
            _flow.Close();
        }
    }

    public override void OnWatermark(Watermark watermark) => _all.Send(watermark);

    public override void OnIdle(bool isIdle) => _all.Send(StreamElement<T>.OfIdle(isIdle));

    public IInFlight? InFlight => _inFlight;

    public void OnBarrier(Barrier barrier) => _all.Send(_inFlight is null ? barrier.InLine : barrier);

    public void OnForget(CheckpointId checkpoint) => _inFlight?.Forget(checkpoint);

    public void OnCaughtUp() => _all.Send(StreamElement<T>.CaughtUp);

    public void OnEnd() => _all.Send(StreamElement<T>.End);

    public bool TryDrain(ref bool isProgress) => _all.TryDrain(ref isProgress);
}
