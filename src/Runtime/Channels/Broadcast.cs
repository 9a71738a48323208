using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Channels;

/// <summary>The channels of one edge as one subtask writes them: what every receiver must see.</summary>
internal sealed class Broadcast<T>(Channel<T>[] channels, SubtaskCounters counters, Flow flow)
{
    private readonly SendingEnds<Channel<T>> _all = new(channels);

    public Action? Wake
    {
        set => _all.Wake = value;
    }

    public ChannelLoad Load => _all.Load;

    public void Send(Watermark watermark)
    {
        counters.SetWatermark(watermark.Time);
        Send(StreamElement<T>.Of(watermark));
    }

    public void Send(Barrier barrier)
    {
        foreach (var channel in channels)
        {
            channel.Send(barrier);
        }
    }

    public void Send(StreamElement<T> element)
    {
        foreach (var channel in channels)
        {
            if (!channel.Write(element))
            {
                flow.Close();
            }
        }
    }

    public bool TryDrain(ref bool isProgress) => _all.TryDrain(ref isProgress);
}
