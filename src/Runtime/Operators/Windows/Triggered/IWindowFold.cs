namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>How an interpreted kernel adds a record with its time to a window. Generated kernels do it inline.</summary>
internal interface IWindowFold<T, TKey, TAcc>
{
    TKey KeyOf(T value);

    void Add(ref TAcc contents, in T value, long time);
}

/// <summary>Adds as a fold of panes does, which knows no times.</summary>
internal readonly struct UntimedFold<T, TKey, TAcc, TFold>(TFold fold) : IWindowFold<T, TKey, TAcc>
    where TFold : struct, IPaneFold<T, TKey, TAcc>
{
    public TKey KeyOf(T value) => fold.KeyOf(value);

    public void Add(ref TAcc contents, in T value, long time) => fold.Add(ref contents, value);
}

/// <summary>Keeps the record.</summary>
internal readonly struct RecordFold<T, TKey>(Func<T, TKey> key) : IWindowFold<T, TKey, List<T>>
{
    public TKey KeyOf(T value) => key(value);

    public void Add(ref List<T> contents, in T value, long time) => contents.Add(value);
}

/// <summary>Keeps the record with its time and the number of its arrival.</summary>
internal readonly struct TimedRecordFold<T, TKey>(Func<T, TKey> key, Arrivals arrivals) : IWindowFold<T, TKey, List<WindowRecord<T>>>
{
    public TKey KeyOf(T value) => key(value);

    // One number for all windows of a record would do; each its own does, too.
    public void Add(ref List<WindowRecord<T>> contents, in T value, long time) =>
        contents.Add(new WindowRecord<T>(value, time) { Arrival = arrivals.Next() });
}

/// <summary>Adds by the user's aggregate.</summary>
internal readonly struct AggregatedFold<T, TKey, TAcc, TValue>(Func<T, TKey> key, IAggregate<T, TAcc, TValue> aggregate)
    : IWindowFold<T, TKey, TAcc>
{
    public TKey KeyOf(T value) => key(value);

    public void Add(ref TAcc contents, in T value, long time) => aggregate.Add(ref contents, value);
}
