using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>
/// Makes any number of records of each; they carry its event time. Stops in the middle of one when there is no room for more.
/// </summary>
/// <param name="selector">The user's function.</param>
/// <param name="output">Where its records go.</param>
/// <param name="flow">The subtask's.</param>
/// <param name="catcher">Takes the records that the function throws on; null if they fail the job.</param>
internal sealed class SelectMany<T, TOut>(
    Func<T, IEnumerable<TOut>> selector, Collector<TOut> output, Flow flow, Catcher<T>? catcher) : ExpandingKernel<T>(output.Next, flow)
{
    private readonly Expansion<TOut> _made = new();

    public override void Dispose() => _made.Dispose();

    public override void OnFailure(int lane)
    {
        output.Flush(lane);
        catcher?.Flush(lane);
    }

    protected override bool Run(Batch<T> batch)
    {
        output.Batch.Lane = batch.Lane;
        var isDone = Expand(batch);
        if (isDone)
        {
            output.Flush(batch.Lane);
            catcher?.Flush(batch.Lane);
        }

        return isDone;
    }

    private bool Expand(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        for (var i = Position; i < values.Length; i++)
        {
            if (!_made.IsOpen && !TryOpen(values[i], times.Length > 0 ? times[i] : long.MinValue, batch.Lane))
            {
                continue;
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

    private bool TryOpen(T value, long time, int lane)
    {
        if (catcher is null)
        {
            _made.Open(selector(value));
            return true;
        }

        try
        {
            _made.OpenWhole(selector(value));
            return true;
        }
        catch (Exception failure) when (catcher.Takes(failure))
        {
            catcher.Add(value, time, lane, failure);
            return false;
        }
    }
}
