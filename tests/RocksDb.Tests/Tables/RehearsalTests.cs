using System.Runtime;
using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.Runtime;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tests.Tables;

/// <summary>What a barrier calls is compiled before the first one comes, and nobody sees anything of it.</summary>
public sealed class RehearsalTests
{
    [Fact]
    public void The_first_barrier_finds_its_methods_compiled()
    {
        var (state, table) = Open();
        var keyed = new KeyedState(state, "op", 16, table);
        table.Open(default).Find(1, 1).Value = 1;
        state.Tend(isHeld: false);
        var compiled = JitInfo.GetCompiledMethodCount(currentThread: true);
        keyed.Snapshot(new OperatorStateWriter("op"));

        // A hundred without it.
        Assert.InRange(JitInfo.GetCompiledMethodCount(currentThread: true) - compiled, 0, 20);
    }

    [Fact]
    public void A_rehearsal_calls_no_function_of_the_user_opens_no_store_and_is_done_once()
    {
        var rehearsals = new List<Action>();
        for (var i = 0; i < 2; i++)
        {
            var state = new CachedState(Owner, NoRoom.Instance, new CacheBudget(4000), rehearsals.Add);
            state.Open<string, long, string, Texts>(
                new(Codecs.Of<string>(), Codecs.Of<long>(), Codecs.Of<string>()), default, KeySeed.Fixed);
            var counts = state.Open<long, NoNamespace, long, Numbered>(
                new(Codecs.Of<long>(), NoNamespace.Codec, Codecs.Of<long>()), default, KeySeed.Fixed);
            state.Tend(isHeld: false);
            Assert.Equal(i == 0 ? 0 : 2, rehearsals.Count);
            counts.Open(default).Find(1, 1).Value = 1;
            state.Tend(isHeld: false);
        }

        Assert.Equal(2, rehearsals.Count);
        rehearsals.ForEach(static rehearse => rehearse());
    }

    private static StateOwner Owner { get; } = new("job", 1, 0, 0, "op", 16, new KeyGroupRange(0, 15), static _ => { });

    private static (CachedState State, StateTable<long, NoNamespace, long> Table) Open()
    {
        var state = new CachedState(Owner, NoRoom.Instance, new CacheBudget(4000), static work => work());
        return (state, state.Open<long, NoNamespace, long, Rehearsed>(
            new(Codecs.Of<long>(), NoNamespace.Codec, Codecs.Of<long>()), default, KeySeed.Fixed));
    }

    private readonly struct Numbered : ITableFunctor<long, long>
    {
        public ulong Hash(in long key) => KeyHash.Of(key, KeySeed.Fixed);

        public bool AreEqual(in long left, in long right) => left == right;

        public long Create() => 0;
    }

    private readonly struct Rehearsed : ITableFunctor<long, long>
    {
        public ulong Hash(in long key) => KeyHash.Of(key, KeySeed.Fixed);

        public bool AreEqual(in long left, in long right) => left == right;

        public long Create() => 0;
    }

    private readonly struct Texts : ITableFunctor<string, string>
    {
        public ulong Hash(in string key) => throw new InvariantException("a key was hashed");

        public bool AreEqual(in string left, in string right) => throw new InvariantException("keys were compared");

        public string Create() => throw new InvariantException("a value was made");
    }

    private sealed class NoRoom : IStoreRoom
    {
        public static NoRoom Instance { get; } = new();

        public string NewDirectory(string what) => throw new InvariantException("a directory was made");

        public IEntryStore Open() => throw new InvariantException("a store was opened");

        public IEntryStore Restore(IEnumerable<(string Name, Func<Stream> Open)> files) => Open();

        public void Discard(string directory)
        {
        }

        public void Dispose()
        {
        }
    }
}
