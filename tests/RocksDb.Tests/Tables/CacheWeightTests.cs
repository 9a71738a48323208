using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.RocksDbState.Tests.Doubles;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tests.Tables;

/// <summary>A cache keeps to its limit, however values come to their size.</summary>
public sealed class CacheWeightTests : IDisposable
{
    private const long Limit = 400_000;

    // A round of the largest table that fits, at the portion of a step, and some to make room.
    private const int EnoughSteps = 256;

    private readonly TemporaryDirectory _directory = new();
    private readonly Keys<long, byte[]> _functor = new(Codecs.Of<long>(), static () => []);
    private readonly List<KeyTable<long, byte[]>> _opened = [];
    private readonly CachedState _state;
    private readonly StateTable<long, long, byte[]> _table;

    public CacheWeightTests()
    {
        var memory = new NativeMemory(new RocksDbOptions { BlockCacheBytes = 1 << 20, WriteBufferBytes = 1 << 20 });
        var owner = new StateOwner("job", 1, 0, 0, "op", 16, new KeyGroupRange(0, 15), static _ => { });
        var room = new StoreRoom(new WorkingDirectory(_directory.Path), owner, path => new RocksStore(memory, path));
        _state = new CachedState(owner, room, new CacheBudget(Limit));
        _table = _state.Open<long, long, byte[], Keys<long, byte[]>>(
            new(Codecs.Of<long>(), Codecs.Of<long>(), Codecs.Of<byte[]>()), _functor, KeySeed.Fixed);
    }

    public void Dispose()
    {
        _state.Close();
        _directory.Dispose();
    }

    [Fact]
    public void Values_that_grow_in_place_are_counted_as_they_are_and_go_until_the_rest_fits()
    {
        for (var length = 1; length <= 2_000; length *= 2)
        {
            for (var key = 0L; key < 1_000; key++)
            {
                Grow(0, key, length);
                if (key % 100 == 99)
                {
                    _state.Tend(isHeld: false);
                }
            }

            Settle();
            Assert.Equal(Weighed(), _state.Figures.Bytes);
            Assert.InRange(Counted(), 1, Limit);
        }

        Assert.InRange(Counted(), Limit / 2, Limit);
        Assert.Equal(1_000, _state.Figures.Keys);
        for (var key = 0L; key < 1_000; key++)
        {
            Assert.Equal(1024, _table.Open(0).Find(key, _functor.Hash(key)).Value.Length);
        }
    }

    [Fact]
    public void A_value_that_grows_without_being_looked_for_is_weighed_within_a_round()
    {
        var keys = Open(0);
        for (var key = 0L; key < 100; key++)
        {
            Grow(0, key, 10);
        }

        Settle();

        // As a kernel does with slots of its table's epoch.
        foreach (ref var slot in keys.Slots.AsSpan())
        {
            if (slot.Epoch == keys.Epoch)
            {
                slot.Value = new byte[6_000];
            }
        }

        Assert.Equal(100, keys.Slots.Count(slot => slot.Value?.Length == 6_000));
        Settle();
        Assert.Equal(Weighed(), _state.Figures.Bytes);
        Assert.InRange(keys.Slots.Count(slot => slot.Value?.Length == 6_000), 20, Limit / 12_000);
    }

    [Fact]
    public void New_values_count_at_the_next_step_whatever_comes_in_one()
    {
        for (var batch = 0; batch < 10; batch++)
        {
            for (var key = 0L; key < 2_000; key++)
            {
                Grow(0, (batch * 2_000) + key, 500);
            }

            _state.Tend(isHeld: false);
            _state.Tend(isHeld: false);
            Assert.InRange(Counted(), 1, Limit);
        }
    }

    [Fact]
    public void Many_small_namespaces_give_room_in_turn()
    {
        for (var name = 0L; name < 300; name++)
        {
            for (var key = 0L; key < 3; key++)
            {
                Grow(name, key, 2_000);
            }

            _state.Tend(isHeld: false);
        }

        Settle();
        Assert.Equal(Weighed(), _state.Figures.Bytes);
        Assert.InRange(Counted(), Limit / 4, Limit);
    }

    [Fact]
    public void What_is_removed_counts_no_more()
    {
        for (var key = 0L; key < 1_000; key++)
        {
            Grow(key % 2, key, 50);
        }

        Settle();
        for (var key = 0L; key < 1_000; key += 4)
        {
            Assert.True(_table.Open(0).Remove(key, _functor.Hash(key)));
        }

        Settle();
        Assert.Equal(Weighed(), _state.Figures.Bytes);
        _table.Remove(1);
        _opened.RemoveAt(1);
        Settle();
        Assert.Equal(Weighed(), _state.Figures.Bytes);
        Assert.Equal(250, _state.Figures.Keys);
    }

    private KeyTable<long, byte[]> Open(long name)
    {
        if (!_table.TryFind(name, out var keys))
        {
            keys = _table.Open(name);
            _opened.Add(keys);
        }

        return keys;
    }

    private void Grow(long name, long key, int length) =>
        Open(name).Find(key, _functor.Hash(key)).Value = new byte[length];

    private void Settle()
    {
        for (var step = 0; step < EnoughSteps; step++)
        {
            _state.Tend(isHeld: false);
        }
    }

    // All that is there, slot by slot.
    private long Weighed() => Slots() + Values();

    // What is to be collected has room beside what is there.
    private long Counted() => Slots() + (2 * Values());

    // Each with four bytes for its weight.
    private long Slots() => _opened.Sum(static keys => keys.Slots.Length * (8L + 8 + 8 + 4));

    // Each an object of its length, in an entry.
    private long Values() => _opened.Sum(static keys => keys.Slots.Sum(
        static slot => slot.Epoch == Tags.Free ? 0L : 24 + 24 + slot.Value.Length));
}
