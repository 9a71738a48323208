namespace Weir;

/// <summary>A process of which some records have no key, and go to every subtask.</summary>
/// <typeparam name="T">The records of both kinds.</typeparam>
internal interface ITakesBroadcast<T>
{
    /// <summary>Whether a record is one of those.</summary>
    bool IsForAll(in T record);

    /// <summary>Such a record has come.</summary>
    void OnBroadcast(T record, BroadcastContext context);
}

/// <summary>Runs a process with broadcast state over records that know which stream they are of.</summary>
/// <param name="process">The user's process: its states are its own.</param>
internal sealed class ProcessOfBroadcast<TKey, TIn, TRule, TOut>(BroadcastProcess<TKey, TIn, TRule, TOut> process)
    : KeyedProcess<TKey, Either<TIn, TRule>, TOut>, ITakesBroadcast<Either<TIn, TRule>>, IDisposable
{
    public bool IsForAll(in Either<TIn, TRule> record) => !record.IsLeft;

    public void OnBroadcast(Either<TIn, TRule> record, BroadcastContext context) => process.OnBroadcast(record.Right, context);

    public override void OnRecord(Either<TIn, TRule> record, ProcessContext<TKey, TOut> context) => process.OnRecord(record.Left, context);

    public override void OnTimer(KeyedTimer timer, ProcessContext<TKey, TOut> context) => process.OnTimer(timer, context);

    public void Dispose() => (process as IDisposable)?.Dispose();

    protected override void Wire(StateBinder binder) => process.WireTo(binder);
}
