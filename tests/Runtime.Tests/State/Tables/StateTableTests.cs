using System.Runtime.CompilerServices;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Tests.State.Tables;

/// <summary>State tables on the heap, held against dictionaries.</summary>
public sealed class StateTableTests
{
    private static readonly EntryCodecs<long, long, long> ByWindow = new(Codecs.Of<long>(), Codecs.Of<long>(), Codecs.Of<long>());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_table_finds_what_was_put_in_and_forgets_what_was_taken_out(int seed)
    {
        var random = new Random(seed);
        var functor = new LongKeys(KeySeed.Of((ulong)seed));
        var table = new HeapBackend()
            .Open<long, NoNamespace, long, LongKeys>(new(Codecs.Of<long>(), NoNamespace.Codec, Codecs.Of<long>()), functor, KeySeed.Fixed)
            .Open(default);
        var expected = new Dictionary<long, long>();
        for (var i = 0; i < 50_000; i++)
        {
            // Grows to thousands of keys, then shrinks to few.
            var key = random.Next(i < 25_000 ? 5000 : 40);
            if (random.Next(3) == 0)
            {
                Assert.Equal(expected.Remove(key), table.Remove(key, functor.Hash(key)));
            }
            else
            {
                table.Find(key, functor.Hash(key)).Value += i;
                expected[key] = expected.GetValueOrDefault(key) + i;
            }

            var other = random.Next(5000);
            ref var found = ref table.FindExisting(other, functor.Hash(other));
            Assert.Equal(expected.ContainsKey(other), !Unsafe.IsNullRef(ref found));
            Assert.True(Unsafe.IsNullRef(ref found) || found.Value == expected[other], $"seed {seed}, step {i}, key {other}");
            Assert.Equal(expected.Count, table.Count);
        }

        foreach (var key in expected.Keys.ToList())
        {
            Assert.True(table.Remove(key, functor.Hash(key)));
        }

        Assert.True(table.Slots.Length <= 64, $"{table.Slots.Length} slots for no key");
    }

    [Fact]
    public void Namespaces_come_and_go_and_each_keeps_its_own_keys()
    {
        var random = new Random(7);
        var functor = new LongKeys(KeySeed.Of(7));
        var table = ByStart(functor);
        var expected = new Dictionary<long, long>();
        for (var i = 0; i < 20_000; i++)
        {
            var name = random.Next(500) * 1_000_000L;
            if (random.Next(4) == 0)
            {
                table.Remove(name);
                expected.Remove(name);
            }
            else
            {
                table.Open(name).Find(1, functor.Hash(1)).Value++;
                expected[name] = expected.GetValueOrDefault(name) + 1;
            }
        }

        Assert.Equal(expected.Keys.Order(), table.Namespaces.Order());
        Assert.All(expected, pair =>
        {
            Assert.True(table.TryFind(pair.Key, out var keys));
            Assert.Equal(pair.Value, keys.FindExisting(1, functor.Hash(1)).Value);
        });
    }

    [Fact]
    public void Memory_follows_what_is_live_and_is_given_back()
    {
        var functor = new LongKeys(KeySeed.Of(1));
        var table = ByStart(functor);
        for (var window = 0L; window < 10_000; window++)
        {
            table.Open(window).Find(window, functor.Hash(window));
        }

        Assert.Equal(80_000, table.Slots);
        for (var window = 0L; window < 10_000; window++)
        {
            table.Remove(window);
        }

        Assert.InRange(table.Slots, 0, 4096);

        // A burst of keys in one window is given back with the next window that holds few.
        for (var key = 0L; key < 1_000_000; key++)
        {
            table.Open(0).Find(key, functor.Hash(key));
        }

        Assert.True(table.Slots >= 2_000_000);
        table.Remove(0);
        table.Open(1).Find(1, functor.Hash(1));
        table.Remove(1);
        Assert.InRange(table.Slots, 0, 4096);
    }

    [Fact]
    public void A_steady_stream_of_windows_allocates_no_table()
    {
        var functor = new LongKeys(KeySeed.Of(1));
        var table = ByStart(functor);
        for (var window = 0L; window < 10; window++)
        {
            var slots = table.Slots;
            for (var key = 0L; key < 100_000; key++)
            {
                table.Open(window).Find(key, functor.Hash(key));
            }

            table.Remove(window - 1);
            Assert.True(window < 3 || slots == table.Slots, $"window {window}: {table.Slots} slots after {slots}");
        }
    }

    [Fact]
    public void Windows_that_are_just_full_go_on_clearing_what_comes_next_and_allocate_it_once()
    {
        var functor = new LongKeys(KeySeed.Of(1));
        var table = ByStart(functor);
        var most = 0L;
        for (var window = 0L; window < 40; window++)
        {
            // A few more than a table of 131,072 slots takes.
            for (var key = 0L; key < 65_536 + 500; key++)
            {
                table.Open(window).Find(key, functor.Hash(key));
            }

            most = Math.Max(most, table.Slots);
            table.Remove(window);
        }

        Assert.InRange(most, 262_144, 3 * 262_144);
        Assert.Equal(262_144, table.Slots);
        Assert.Equal(262_144, table.Open(40).Slots.Length);
    }

    private static HeapStateTable<long, long, long, LongKeys> ByStart(LongKeys functor) =>
        (HeapStateTable<long, long, long, LongKeys>)new HeapBackend().Open<long, long, long, LongKeys>(ByWindow, functor, KeySeed.Of(3));
}
