using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <summary>Two barriers of a state that nobody uses, once a process for each kind of state, beside the thread of the records.</summary>
/// <remarks>
/// What a barrier calls is a hundred methods, which the runtime would compile at the first one while records wait. No function of the user
/// is called: the state has one entry, which is put aside only if that is a copy, and is never encoded, and no store is opened.
/// </remarks>
internal static class Rehearsal<TKey, TNamespace, TValue, TFunctor>
    where TNamespace : IEquatable<TNamespace>
    where TFunctor : struct, ITableFunctor<TKey, TValue>
{
    private const int Barriers = 2;

    private static int _hasBegun;

    /// <summary>Whether it is still to be done. Says so once.</summary>
    public static bool TryBegin() => Interlocked.Exchange(ref _hasBegun, 1) == 0;

    /// <summary>Does it, on any thread.</summary>
    /// <param name="state">A state of its own.</param>
    /// <param name="codecs">How entries would be written.</param>
    /// <param name="functor">What the tables are specialised on.</param>
    public static void Run(CachedState state, EntryCodecs<TKey, TNamespace, TValue> codecs, TFunctor functor)
    {
        var table = (CachedStateTable<TKey, TNamespace, TValue, TFunctor>)state.Open(codecs, functor, KeySeed.Fixed);
        table.Rehearse();
        var keyed = new KeyedState(state, string.Empty, 1, table);
        for (var barrier = 0; barrier < Barriers; barrier++)
        {
            keyed.Snapshot(new OperatorStateWriter(string.Empty));
            state.Tend(isHeld: false);
        }
    }
}
