using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tests.Doubles;

/// <summary>Keys of any type, told apart by their equality.</summary>
internal readonly struct Keys<TKey, TValue>(Codec<TKey> codec, Func<TValue> create) : ITableFunctor<TKey, TValue>
{
    public ulong Hash(in TKey key) => KeyHash.Of(codec, key, KeySeed.Fixed);

    public bool AreEqual(in TKey left, in TKey right) => EqualityComparer<TKey>.Default.Equals(left, right);

    public TValue Create() => create();
}
