namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>
/// Makes results of the records of a window, and takes some out before or after. A function whose records are all taken before it still
/// runs, as in Flink.
/// </summary>
/// <param name="evictor">Says which; null for none: then it only hands on the records.</param>
/// <param name="when">Before or after.</param>
/// <param name="inner">Makes results of the records that are left.</param>
/// <param name="process">The process that does, if there is one.</param>
internal sealed class RecordsFunction<T, TKey, TOut>(
    Evictor<T>? evictor,
    EvictWhen when,
    Action<IReadOnlyList<T>, FireContext<TKey, TOut>> inner,
    IProcessOfWindows<TKey, TOut>? process = null)
    : PaneFunction<TKey, List<WindowRecord<T>>, TOut>
{
    public override void Fire(ref List<WindowRecord<T>> contents, FireContext<TKey, TOut> context)
    {
        if (when == EvictWhen.BeforeFunction)
        {
            Evict(contents, context);
        }

        inner(contents.ConvertAll(static record => record.Value), context);
        if (when == EvictWhen.AfterFunction)
        {
            Evict(contents, context);
        }
    }

    public override bool IsEmpty(in List<WindowRecord<T>> contents) => contents.Count == 0;

    public override WindowStates<TKey>? States => process?.States;

    public override void Clear(FireContext<TKey, TOut> context) => process?.Clear(context);

    public override void Dispose() => process?.Dispose();

    private void Evict(List<WindowRecord<T>> contents, FireContext<TKey, TOut> context) =>
        evictor?.Evict(contents, new EvictionContext(context.Window, context.Watermark, context.ProcessingTime));
}
