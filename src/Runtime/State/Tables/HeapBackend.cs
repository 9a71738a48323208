namespace Weir.Runtime.State.Tables;

/// <summary>Keeps state in arrays on the heap.</summary>
internal sealed class HeapBackend : StateBackend
{
    public override StateTable<TKey, TNamespace, TValue> Open<TKey, TNamespace, TValue, TFunctor>(
        EntryCodecs<TKey, TNamespace, TValue> codecs,
        TFunctor functor,
        KeySeed seed) =>
        new HeapStateTable<TKey, TNamespace, TValue, TFunctor>(codecs, functor, seed);
}
