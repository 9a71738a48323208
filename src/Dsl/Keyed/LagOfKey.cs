namespace Weir;

/// <summary>Makes a result of a record and the one of its key that came so many records before it.</summary>
internal sealed class LagOfKey<TKey, T, TOut>(int n, Func<T, T, TOut> result, Func<T, TOut>? first) : KeyedProcess<TKey, T, TOut>
{
    // The oldest in front.
    private ListState<T>? _before = new();

    public override void OnRecord(T record, ProcessContext<TKey, TOut> context)
    {
        var isFull = _before!.Count == n;
        if (isFull)
        {
            context.Emit(result(_before[0], record));
        }
        else if (first is not null)
        {
            context.Emit(first(record));
        }

        // In this order: a list that is emptied is given back, and made anew.
        _before.Add(record);
        if (isFull)
        {
            _before.RemoveAt(0);
        }
    }

    protected override void Wire(StateBinder binder) => binder.Bind("before", ref _before);
}
