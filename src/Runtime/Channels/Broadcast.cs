using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Channels;

/// <summary>The channels of one edge as one subtask writes them: what every receiver must see.</summary>
internal sealed class Broadcast<T>(Channel<T>[] channels, SubtaskCounters counters, Flow flow)
{
    public Action? Wake
    {
        set
        {
            foreach (var channel in channels)
            {
                channel.Writable = value;
            }
        }
    }

    public ChannelLoad Load
    {
        get
        {
            var load = default(ChannelLoad);
            foreach (var channel in channels)
            {
                load += channel.Load;
            }

            return load;
        }
    }

    public void Send(Watermark watermark)
    {
        counters.SetWatermark(watermark.Time);
        Send(StreamElement<T>.Of(watermark));
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

    public bool TryDrain(ref bool isProgress)
    {
        var isDrained = true;
        foreach (var channel in channels)
        {
            isDrained &= channel.TryDrain(ref isProgress);
        }

        return isDrained;
    }
}
