namespace Weir.Runtime.State.Tables;

/// <summary>
/// Where the keyed state of operators lives. Gives each operator its tables; what is kept in them and how is the backend's business.
/// </summary>
internal abstract class StateBackend
{
    /// <summary>A table by key and namespace.</summary>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TNamespace">The namespace.</typeparam>
    /// <typeparam name="TValue">The value.</typeparam>
    /// <typeparam name="TFunctor">What it is specialised on.</typeparam>
    /// <param name="codecs">How its entries are written.</param>
    /// <param name="functor">How keys are told apart and values begin.</param>
    /// <param name="seed">Spreads namespaces.</param>
    /// <returns>An empty table.</returns>
    public abstract StateTable<TKey, TNamespace, TValue> Open<TKey, TNamespace, TValue, TFunctor>(
        EntryCodecs<TKey, TNamespace, TValue> codecs,
        TFunctor functor,
        KeySeed seed)
        where TNamespace : IEquatable<TNamespace>
        where TFunctor : struct, ITableFunctor<TKey, TValue>;
}
