namespace Weir;

/// <summary>Lets the first record of each value pass.</summary>
internal sealed class DistinctOfKey<TKey, T, TValue>(Func<T, TValue> value) : KeyedProcess<TKey, T, T>
    where TValue : notnull
{
    private MapState<TValue, bool>? _seen = new();

    public override void OnRecord(T record, ProcessContext<TKey, T> context)
    {
        var seen = value(record) ?? throw new InvalidOperationException(
            "Distinct was asked about a null: values are told apart by their codecs, and null has none of its own. Filter such records "
                + "out, or give them a value.");
        if (_seen!.TryAdd(seen, true))
        {
            context.Emit(record);
        }
    }

    protected override void Wire(StateBinder binder) => binder.Bind("seen", ref _seen);
}

/// <summary>Lets the first record of each key pass.</summary>
internal sealed class FirstOfKey<TKey, T> : KeyedProcess<TKey, T, T>
{
    private ValueState<bool>? _seen = new();

    public override void OnRecord(T record, ProcessContext<TKey, T> context)
    {
        ref var seen = ref _seen!.Ref;
        if (!seen)
        {
            seen = true;
            context.Emit(record);
        }
    }

    protected override void Wire(StateBinder binder) => binder.Bind("seen", ref _seen);
}
