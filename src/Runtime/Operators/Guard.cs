using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators;

/// <summary>Says of a failure which operators it came from. One in front of each loop: the innermost that sees it names it, once.</summary>
internal sealed class Guard<T>(string ids, string job, int subtask, Receiver<T> next) : Receiver<T>
{
    public override void OnBatch(Batch<T> batch)
    {
        try
        {
            next.OnBatch(batch);
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            next.OnFailure(batch.Lane);
            throw OperatorFailure.Of(ids, job, subtask, "handling a batch", failure, isInFunction: true);
        }
    }

    public override void OnWatermark(Watermark watermark)
    {
        try
        {
            next.OnWatermark(watermark);
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            throw OperatorFailure.Of(ids, job, subtask, $"passing {watermark}", failure, isInFunction: true);
        }
    }

    public override void OnIdle(bool isIdle) => next.OnIdle(isIdle);
}
