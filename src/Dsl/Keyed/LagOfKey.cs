namespace Weir;

/// <summary>Makes a result of a record and the one of its key that came so many records before it.</summary>
internal sealed class LagOfKey<TKey, T, TOut>(int n, Func<T, T, TOut> result, Func<T, TOut>? first) : KeyedProcess<TKey, T, TOut>
{
    // The oldest in front.
    private ListState<T>? _before = new();

    public override void OnRecord(T record, ProcessContext<TKey, TOut> context)
    {
        if (_before!.Count == n)
        {
            context.Emit(result(_before[0], record));
            _before.RemoveAt(0);
        }
        else if (first is not null)
        {
            context.Emit(first(record));
        }

        _before.Add(record);
    }

    protected override void Wire(StateBinder binder) => binder.Bind("before", ref _before);
}
