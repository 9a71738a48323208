using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.RocksDbState.Tests.Doubles;
using Weir.Runtime.State;
using Weir.Runtime.State.Handles;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tests.Tables;

/// <summary>The clean-up of what has expired, where most of it is in the store.</summary>
public sealed class StoredWalkTests
{
    private const int KeyGroupCount = 16;
    private const int Keys = 12_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void H5_what_has_expired_behind_what_lives_is_cleaned_up_in_one_round_whatever_is_looked_for_between(int seed)
    {
        using var directory = new TemporaryDirectory();
        using var state = new Opened(directory.Path);
        var random = new Random(seed);
        var functor = new Keys<long, long>(Codecs.Of<long>(), static () => 0);
        var keys = state.Table.Open(0);
        for (var i = 0L; i < Keys; i++)
        {
            // The value is the time from which on it has expired: a third has, in runs.
            keys.Find(i, functor.Hash(i)).Value = Expires(i) ? 1 : 1000;
            state.Tend();
        }

        var sweep = new TableSweep<long, long>(keys, key => functor.Hash(key), now => (ref value) => value > now);
        var expired = Enumerable.Range(0, Keys).Count(i => Expires(i));

        // A round looks at each entry once: a step at 256 stored ones, or at what takes out as many.
        for (var step = 0; step < (Keys / 256) + (expired / 256) + 10; step++)
        {
            sweep.Step(now: 10);
            for (var look = 0; look < 3; look++)
            {
                var living = random.NextInt64(Keys);
                if (!Expires(living))
                {
                    Assert.Equal(1000, keys.Find(living, functor.Hash(living)).Value);
                }
            }

            state.Tend();
        }

        Assert.Equal(Keys - expired, keys.Count);
        Assert.All(keys.All(), slot => Assert.False(Expires(slot.Key)));
    }

    [Fact]
    public void A_walk_that_look_ups_interrupt_comes_to_all_that_is_not_looked_for()
    {
        using var directory = new TemporaryDirectory();
        using var state = new Opened(directory.Path);
        var functor = new Keys<long, long>(Codecs.Of<long>(), static () => 0);
        var keys = state.Table.Open(0);
        for (var i = 0L; i < Keys; i++)
        {
            keys.Find(i, functor.Hash(i)).Value = i;
            state.Tend();
        }

        var seen = new HashSet<long>();
        for (var chunk = 0; keys.Chunk(chunk) is { IsEmpty: false } slots; chunk++)
        {
            foreach (ref var slot in slots)
            {
                if (keys.IsInUse(slot))
                {
                    Assert.True(seen.Add(slot.Key), $"{slot.Key} comes twice");
                }
            }

            // Not moved: nothing goes out, and what comes in is one that has been looked for.
            Assert.Equal(7, keys.Find(7, functor.Hash(7)).Value);
        }

        seen.Add(7);
        Assert.Equal(Keys, seen.Count);
    }

    private static bool Expires(long key) => key / 500 % 3 == 2;

    private sealed class Opened : IDisposable
    {
        private readonly CachedState _state;

        public Opened(string directory)
        {
            var memory = new NativeMemory(new RocksDbOptions { BlockCacheBytes = 1 << 20, WriteBufferBytes = 1 << 20 });
            var owner = new StateOwner("job", 1, 0, 0, "op", KeyGroupCount, new KeyGroupRange(0, KeyGroupCount - 1), static _ => { });
            var room = new StoreRoom(new WorkingDirectory(directory), owner, path => new RocksStore(memory, path));
            _state = new CachedState(owner, room, new CacheBudget(4000));
            Table = _state.Open<long, long, long, Keys<long, long>>(
                new(Codecs.Of<long>(), Codecs.Of<long>(), Codecs.Of<long>()),
                new Keys<long, long>(Codecs.Of<long>(), static () => 0),
                KeySeed.Fixed);
        }

        public StateTable<long, long, long> Table { get; }

        public void Tend() => _state.Tend(isHeld: false);

        public void Dispose() => _state.Close();
    }
}
