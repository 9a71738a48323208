using Weir.Graph;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Operators;

/// <summary>
/// Says of a failure which operators it came from, and counts what comes to them. One in front of each loop: the innermost that sees a
/// failure names it, once.
/// </summary>
/// <param name="loop">The stages of the loop.</param>
/// <param name="job">The job's name.</param>
/// <param name="subtask">The subtask's index.</param>
/// <param name="next">The loop.</param>
/// <param name="counters">The counts of the first operator of the loop.</param>
/// <param name="search">Finds which record it was; null where the head of the chain does.</param>
internal sealed class Guard<T>(
    IReadOnlyList<Stage> loop,
    string job,
    int subtask,
    Receiver<T> next,
    OperatorCounters counters,
    Func<Batch<T>, OperatorException, OperatorException>? search = null) : Receiver<T>, ICounted
{
    // Of the loop, and of what only passes records on to it.
    private RecordCounter[] _counted = [counters.CountIn()];

    public void CountBy(RecordCounter counter) => _counted = [.. _counted, counter];

    public override void OnBatch(Batch<T> batch)
    {
        foreach (var counter in _counted)
        {
            counter.Add(batch.Count);
        }

        try
        {
            next.OnBatch(batch);
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            next.OnFailure(batch.Lane);
            var named = OperatorFailure.InLoop(loop, job, subtask, batch.Times, failure);
            throw search is null ? named : search(batch, named);
        }
    }

    public override void OnWatermark(Watermark watermark)
    {
        counters.SetWatermark(watermark.Time);
        try
        {
            next.OnWatermark(watermark);
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            var ids = string.Join(", ", loop.Select(stage => stage.Id));
            throw OperatorFailure.Of(ids, job, subtask, $"passing {watermark}", failure, isInFunction: true);
        }
    }

    public override void OnIdle(bool isIdle) => next.OnIdle(isIdle);
}
