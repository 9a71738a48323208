using Weir.Runtime.Streams;

namespace Weir.Runtime.Channels;

/// <summary>Each batch goes to every receiver: a copy of the batch, of the same records.</summary>
internal sealed class DealToAll<T> : Dealing<T>
{
    public override bool TryDeal(Batch<T> batch, Channel<T>[] channels)
    {
        var areTaken = true;
        var bytes = Sizes.Of(batch);
        foreach (var channel in channels)
        {
            var copy = channel.Rent();
            BatchCopy.Into(copy, batch, 0);
            areTaken &= channel.Write(StreamElement<T>.Of(copy, bytes));
        }

        return areTaken;
    }
}
