using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Tests.State.Tables;

/// <summary>Numbers as keys of sums.</summary>
internal readonly struct LongKeys(KeySeed seed) : ITableFunctor<long, long>
{
    public ulong Hash(in long key) => KeyHash.Of(key, seed);

    public bool AreEqual(in long left, in long right) => left == right;

    public long Create() => 0;
}
