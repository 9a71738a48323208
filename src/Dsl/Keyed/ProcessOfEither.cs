namespace Weir;

/// <summary>Runs a process of two streams over records that know which stream they are of.</summary>
/// <param name="process">The user's process: its states are its own.</param>
internal sealed class ProcessOfEither<TKey, TLeft, TRight, TOut>(KeyedProcess<TKey, TLeft, TRight, TOut> process)
    : KeyedProcess<TKey, Either<TLeft, TRight>, TOut>, IDisposable
{
    public override void OnRecord(Either<TLeft, TRight> record, ProcessContext<TKey, TOut> context)
    {
        if (record.IsLeft)
        {
            process.OnLeft(record.Left, context);
        }
        else
        {
            process.OnRight(record.Right, context);
        }
    }

    public override void OnTimer(KeyedTimer timer, ProcessContext<TKey, TOut> context) => process.OnTimer(timer, context);

    public void Dispose() => (process as IDisposable)?.Dispose();

    protected override void Wire(StateBinder binder) => process.WireTo(binder);
}
