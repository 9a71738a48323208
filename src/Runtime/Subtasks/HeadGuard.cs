using Weir.Runtime.Planning;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Subtasks;

/// <summary>
/// Stands between the head of a chain and its operators: of a failure it finds the record, among those that the head took in.
/// </summary>
/// <remarks>
/// The guards of loops cannot do it: what comes to them has been filtered and made anew, differently in compiled loops and interpreted
/// ones. Costs a call a batch.
/// </remarks>
/// <param name="chain">The chain.</param>
/// <param name="next">What comes behind the head.</param>
internal sealed class HeadGuard<T>(ChainPlan chain, Receiver<T> next) : Receiver<T>
{
    public override void OnBatch(Batch<T> batch)
    {
        try
        {
            next.OnBatch(batch);
        }
        catch (OperatorException failure) when (failure.Facts is { IsInFunction: true })
        {
            var found = failure.Facts is { Loop: { } loop, IsOfRecord: false, MadeBy: null }
                && RecordSearch.PathTo(loop[^1], chain.Stages[0]) is { } path
                ? RecordSearch.Find(path, batch, failure) : failure;
            throw chain.HasSource ? found : found.With(static facts => facts with { IsBehindExchange = true });
        }
    }

    public override void OnWatermark(Watermark watermark) => next.OnWatermark(watermark);

    public override void OnIdle(bool isIdle) => next.OnIdle(isIdle);
}
