using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Counts;

/// <summary>What a table of counters is specialised on: keys as the aggregate's functor tells them apart.</summary>
internal readonly struct CountFunctor<TKey, TAcc, TOut, TFunctor>(TFunctor functor) : ITableFunctor<TKey, Counted<TAcc>>
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Hash(in TKey key) => functor.Hash(key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool AreEqual(in TKey left, in TKey right) => functor.AreEqual(left, right);

    public Counted<TAcc> Create() => new() { Accumulator = functor.Create() };
}
