using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Bench.RocksDbState;

/// <summary>Numbers as keys of sums.</summary>
internal readonly struct Sums : ITableFunctor<long, long>
{
    public ulong Hash(in long key) => KeyHash.Of(key, KeySeed.Fixed);

    public bool AreEqual(in long left, in long right) => left == right;

    public long Create() => 0;
}
