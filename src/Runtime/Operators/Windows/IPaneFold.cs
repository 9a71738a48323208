namespace Weir.Runtime.Operators.Windows;

/// <summary>How an interpreted kernel adds a record to a pane. Generated kernels do it inline.</summary>
internal interface IPaneFold<T, TKey, TAcc>
{
    TKey KeyOf(T value);

    void Add(ref TAcc accumulator, in T value);
}
