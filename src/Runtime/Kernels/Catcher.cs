using System.Runtime.CompilerServices;
using Weir.Graph;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Kernels;

/// <summary>Takes the records that the function of one stage has thrown on, as <c>OnError</c> says.</summary>
/// <remarks>
/// <code>
/// try { value1 = …; }
/// catch (Exception failure) when (catcher.Takes(failure)) { catcher.Add(value0, time, batch.Lane, failure); continue; }
/// </code>
/// </remarks>
/// <typeparam name="T">The records that the function takes.</typeparam>
public sealed class Catcher<T>
{
    private readonly Stage _stage;
    private readonly SubtaskCounters _total;
    private readonly RecordCounter _own;
    private readonly Collector<FailedRecord<T>>? _side;
    private readonly bool _isTimed;

    internal Catcher(Stage stage, SubtaskCounters counters, Collector<FailedRecord<T>>? side, bool isTimed)
    {
        (_stage, _total, _side, _isTimed) = (stage, counters, side, isTimed);
        _own = counters.Of(stage.FailureId).CountFailed();
    }

    /// <summary>Whether a failure may come of the record alone, and the stage is to go on without it.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <returns>Whether <see cref="Add"/> takes it.</returns>
    public bool Takes(Exception failure) => _stage.CatchesErrors && FailuresOfRecords.Are(failure);

    /// <summary>Takes a record. Call <see cref="Flush"/> before the batch is done with.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">Its event time in microseconds since the Unix epoch; <see cref="long.MinValue"/> if it has none.</param>
    /// <param name="lane">The lane of the batch that the record came in.</param>
    /// <param name="failure">What was thrown.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Add(T record, long time, int lane, Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        _own.Add(1);
        if (_side is null)
        {
            _total.AddSkipped(1);
            return;
        }

        _side.Batch.Lane = lane;
        var failed = new FailedRecord<T>(
            record,
            time == long.MinValue ? null : EventTime.ToDateTime(time),
            _stage.FailureId,
            TypeText.Of(failure.GetType()),
            failure.Message);
        if (_isTimed)
        {
            _side.Add(failed, time);
        }
        else
        {
            _side.Add(failed);
        }
    }

    /// <summary>Passes on what was taken.</summary>
    /// <param name="lane">The lane of the batch that the records came in.</param>
    public void Flush(int lane) => _side?.Flush(lane);
}
