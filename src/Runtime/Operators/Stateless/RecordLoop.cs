using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>A loop over a batch that makes at most one record of each, and goes on behind those that fail.</summary>
/// <remarks>The loop says where it is, so that it need not ask of each record who takes it if it fails.</remarks>
/// <param name="output">Where the records go.</param>
/// <param name="catcher">Takes the records that the loop throws on; null if they fail the job.</param>
/// <param name="clock">The clock, if the loop assigns event times: then a record that fails has none.</param>
internal abstract class RecordLoop<T, TOut>(Collector<TOut> output, Catcher<T>? catcher, EventTimeClock? clock = null)
    : Kernel<T>(output.Next, clock)
{
    private readonly bool _keepsTimes = clock is null;

    /// <summary>Where the records go.</summary>
    protected Collector<TOut> Output { get; } = output;

    /// <summary>The record that the loop is at.</summary>
    protected int Position { get; set; }

    /// <summary>How many records it has made.</summary>
    protected int Made { get; set; }

    public override void OnBatch(Batch<T> batch)
    {
        (Position, Made) = (0, 0);
        while (Position < batch.Count)
        {
            try
            {
                Run(batch);
                Position = batch.Count;
            }
            catch (Exception failure) when (catcher?.Takes(failure) == true)
            {
                var time = _keepsTimes && batch.IsTimed ? batch.Times[Position] : long.MinValue;
                catcher.Add(batch.Values[Position], time, batch.Lane, failure);
                Position++;
            }
            catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
            {
                // The records before it fail first, if they do: as in a loop over records.
                Pass(batch.Lane, Made);
                throw;
            }
        }

        Pass(batch.Lane, Made);
    }

    /// <summary>Runs the loop from <see cref="Position"/> on, with <see cref="Made"/> records in the batch that is open.</summary>
    protected abstract void Run(Batch<T> batch);

    /// <summary>Passes on the first records that were made, and what the catcher took.</summary>
    protected virtual void Pass(int lane, int count)
    {
        Output.Batch.Commit(count);
        Output.Flush(lane);
        catcher?.Flush(lane);
    }
}
