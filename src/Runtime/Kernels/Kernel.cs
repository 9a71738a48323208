using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Kernels;

/// <summary>A loop over a batch that runs one stage or several. Generated kernels and interpreted operators derive from it.</summary>
/// <typeparam name="T">The records that come in.</typeparam>
/// <param name="next">Who gets the watermarks: the operator behind the loop.</param>
/// <param name="clock">The clock, if the loop assigns event times: then it makes the watermarks.</param>
public abstract class Kernel<T>(Receiver next, EventTimeClock? clock = null) : Receiver<T>
{
    /// <inheritdoc/>
    public override void OnWatermark(Watermark watermark)
    {
        if (clock is null)
        {
            next.OnWatermark(watermark);
        }
        else
        {
            clock.OnUpstream(watermark);
        }
    }

    /// <inheritdoc/>
    public override void OnIdle(bool isIdle)
    {
        if (clock is null)
        {
            next.OnIdle(isIdle);
        }
        else
        {
            clock.OnUpstreamIdle(isIdle);
        }
    }
}
