using Weir.Runtime.State.Tables;

namespace Weir.Runtime.State.Handles;

/// <summary>How keys are told apart and values begin in the table of a state handle.</summary>
internal readonly struct StateKeys<TKey, TValue>(Codec<TKey> keys, KeySeed seed, Func<TValue>? create) : ITableFunctor<TKey, TValue>
{
    public ulong Hash(in TKey key) => KeyHash.Of(keys, key, seed);

    public bool AreEqual(in TKey left, in TKey right) => EqualityComparer<TKey>.Default.Equals(left, right);

    public TValue Create() => create is null ? default! : create();
}

/// <summary>How keys are told apart in a queue of timers.</summary>
internal readonly struct TimerKeys<TKey>(Codec<TKey> keys, KeySeed seed) : IKeyFunctor<TKey>
{
    public ulong Hash(in TKey key) => KeyHash.Of(keys, key, seed);

    public bool AreEqual(in TKey left, in TKey right) => EqualityComparer<TKey>.Default.Equals(left, right);
}
