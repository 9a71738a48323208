using Weir.Runtime.Telemetry;

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

    internal override StateBackend Begin(StateOwner owner) => new OfOperator(limitBytes);

    /// <summary>The tables of one operator in one subtask, which are measured together.</summary>
    private sealed class OfOperator(long? limitBytes) : StateBackend
    {
        // Replaced as a whole: another thread measures.
        private volatile KeyedPart[] _tables = [];

        internal override long? LimitBytes => limitBytes;

        internal override StateFigures Figures =>
            _tables.Aggregate(default(StateFigures), static (sum, table) => sum.Plus(table.Figures));

        internal override StateTable<TKey, TNamespace, TValue> Open<TKey, TNamespace, TValue, TFunctor>(
            EntryCodecs<TKey, TNamespace, TValue> codecs,
            TFunctor functor,
            KeySeed seed)
        {
            var table = new HeapStateTable<TKey, TNamespace, TValue, TFunctor>(codecs, functor, seed);
            _tables = [.. _tables, table];
            return table;
        }
    }
}
