using Weir.Runtime.Streams;

namespace Weir.Runtime.Channels;

/// <summary>Whole batches go to the receivers in turn. With one receiver: a forward edge.</summary>
/// <param name="first">Where to begin: subtasks that begin at different receivers load them evenly.</param>
internal sealed class DealInTurn<T>(int first) : Dealing<T>
{
    private int _next = first;

    public override bool TryDeal(Batch<T> batch, Channel<T>[] channels)
    {
        var channel = channels[_next % channels.Length];
        _next = (_next + 1) % channels.Length;
        var copy = channel.Rent();
        BatchCopy.Into(copy, batch, 0);
        return channel.Write(StreamElement<T>.Of(copy, Sizes.Of(copy)));
    }
}
