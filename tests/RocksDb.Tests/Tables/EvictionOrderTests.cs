using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tables;
using Weir.RocksDbState.Tests.Doubles;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tests.Tables;

/// <summary>Entries go out of the cache in an order that leaves no part of it fuller than the others.</summary>
public sealed class EvictionOrderTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(4096)]
    public void A_round_comes_to_each_slot_once(int slots) =>
        Assert.Equal(
            Enumerable.Range(0, slots),
            Enumerable.Range(0, slots).Select(place => EvictionOrder.SlotOf(place, slots)).Order());

    [Fact]
    public void Keys_stay_near_their_homes_while_new_ones_come_for_many_rounds()
    {
        using var directory = new TemporaryDirectory();
        var memory = new NativeMemory(new RocksDbOptions { BlockCacheBytes = 1 << 20, WriteBufferBytes = 1 << 20 });
        var owner = new StateOwner("job", 1, 0, 0, "op", 16, new KeyGroupRange(0, 15), static _ => { });
        var room = new StoreRoom(new WorkingDirectory(directory.Path), owner, path => new RocksStore(memory, path));
        var state = new CachedState(owner, room, new CacheBudget(100_000));
        var functor = new Keys<long, long>(Codecs.Of<long>(), static () => 0);
        var table = state.Open<long, NoNamespace, long, Keys<long, long>>(
            new(Codecs.Of<long>(), NoNamespace.Codec, Codecs.Of<long>()), functor, KeySeed.Fixed).Open(default);
        try
        {
            for (var i = 0L; i < 50_000; i++)
            {
                if (i % 100 == 0)
                {
                    state.Tend(isHeld: false);
                }

                table.Find(i, functor.Hash(i)).Value = i;
            }

            var mask = table.Slots.Length - 1;
            var ways = table.Slots
                .Select((slot, place) => (slot, place))
                .Where(entry => entry.slot.Epoch != Tags.Free)
                .Select(entry => (entry.place - (int)(functor.Hash(entry.slot.Key) >> table.Shift)) & mask)
                .ToList();
            Assert.InRange(ways.Count, table.Slots.Length / 2, table.Slots.Length / 8 * 7);
            Assert.InRange(ways.Average(), 0, 10);
            Assert.InRange(ways.Max(), 0, 200);
        }
        finally
        {
            state.Close();
        }
    }
}
