using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>
/// Makes any number of records of each; they carry its event time. Stops in the middle of one when there is no room for more.
/// </summary>
internal sealed class SelectMany<T, TOut>(Func<T, IEnumerable<TOut>> selector, Collector<TOut> output, Flow flow)
    : ExpandingKernel<T>(output.Next, flow)
{
    private readonly Expansion<TOut> _made = new();

    public override void Dispose() => _made.Dispose();

    public override void OnFailure(int lane) => output.Flush(lane);

    protected override bool Run(Batch<T> batch)
    {
        output.Batch.Lane = batch.Lane;
        var isDone = Expand(batch);
        if (isDone)
        {
            output.Flush(batch.Lane);
        }

        return isDone;
    }

    private bool Expand(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        for (var i = Position; i < values.Length; i++)
        {
            if (!_made.IsOpen)
            {
                _made.Open(selector(values[i]));
            }

            while (true)
            {
                if (!Flow.MayMake())
                {
                    return Hold(i);
                }

                if (!_made.TryNext(out var made))
                {
                    break;
                }

                if (times.Length > 0)
                {
                    output.Add(made, times[i]);
                }
                else
                {
                    output.Add(made);
                }
            }
        }

        return true;
    }
}
