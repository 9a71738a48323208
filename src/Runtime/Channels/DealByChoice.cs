using Weir.Graph;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Channels;

/// <summary>Each record goes to the receiver that the user's function says, gathered a batch at a time.</summary>
/// <remarks>A batch that is sent holds records of one batch that came in, so that it comes from one lane.</remarks>
/// <param name="stage">The stage with the user's function.</param>
/// <param name="receivers">The number of receivers.</param>
internal sealed class DealByChoice<T>(PartitionStage<T> stage, int receivers) : Dealing<T>
{
    private readonly Batch<T>?[] _gathered = new Batch<T>?[receivers];

    public override bool TryDeal(Batch<T> batch, Channel<T>[] channels)
    {
        var values = batch.Values;
        var times = batch.Times;
        for (var i = 0; i < values.Length; i++)
        {
            var receiver = Choice.Of(stage, values[i], channels.Length);
            var gathered = _gathered[receiver] ??= channels[receiver].Rent();
            if (times.Length > 0)
            {
                gathered.Add(values[i], times[i]);
            }
            else
            {
                gathered.Add(values[i]);
            }
        }

        return Send(batch.Lane, channels);
    }

    private bool Send(int lane, Channel<T>[] channels)
    {
        var areTaken = true;
        for (var receiver = 0; receiver < _gathered.Length; receiver++)
        {
            if (_gathered[receiver] is { } gathered)
            {
                _gathered[receiver] = null;
                gathered.Lane = lane;
                areTaken &= channels[receiver].Write(StreamElement<T>.Of(gathered, Sizes.Of(gathered)));
            }
        }

        return areTaken;
    }
}
