namespace Weir.Runtime.State.Tables;

/// <summary>Keeps state in arrays on the heap.</summary>
/// <param name="limitBytes">The most bytes of an operator's state in a manifest; null if it goes to files.</param>
internal sealed class HeapBackend(long? limitBytes = null) : StateBackend
{
    internal override long? LimitBytes => limitBytes;

    internal override StateTable<TKey, TNamespace, TValue> Open<TKey, TNamespace, TValue, TFunctor>(
        EntryCodecs<TKey, TNamespace, TValue> codecs,
        TFunctor functor,
        KeySeed seed) =>
        new HeapStateTable<TKey, TNamespace, TValue, TFunctor>(codecs, functor, seed);
}
