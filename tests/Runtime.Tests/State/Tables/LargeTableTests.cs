using System.Runtime.CompilerServices;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Tests.State.Tables;

/// <summary>Tables that grow, shrink and are emptied a portion at a time.</summary>
public sealed class LargeTableTests
{
    private const int Most = 300_000;


    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_table_finds_what_was_put_in_at_any_time_while_it_moves(int seed)
    {
        var random = new Random(seed);
        var table = Table(new Count(), seed, out var functor);
        var expected = new Dictionary<long, long>();
        for (var i = 0; i < 6 * Most; i++)
        {
            // Up, down to next to nothing, and up again.
            var isFilling = i / Most % 3 == 0 || i / Most % 3 == 2;
            var key = random.Next(Most);
            if (random.Next(8) < (isFilling ? 1 : 7) && !(isFilling && i % 5 == 0))
            {
                Assert.Equal(expected.Remove(key), table.Remove(key, functor.Hash(key)));
            }
            else if (isFilling)
            {
                table.Find(key, functor.Hash(key)).Value += i;
                expected[key] = expected.GetValueOrDefault(key) + i;
            }

            var other = random.Next(Most);
            ref var found = ref table.FindExisting(other, functor.Hash(other));
            Assert.Equal(expected.ContainsKey(other), !Unsafe.IsNullRef(ref found));
            Assert.True(Unsafe.IsNullRef(ref found) || found.Value == expected[other], $"seed {seed}, step {i}, key {other}");
            Assert.Equal(expected.Count, table.Count);
            if (i % 100_003 == 0)
            {
                Assert.Equal(expected.Count, Walk(table).Count);
            }
        }

        Assert.Equal(expected.OrderBy(pair => pair.Key), Walk(table).OrderBy(pair => pair.Key));
        foreach (var key in expected.Keys)
        {
            Assert.True(table.Remove(key, functor.Hash(key)));
        }

        Assert.Equal(0, table.Count);
        Assert.True(table.Slots.Length <= 64, $"{table.Slots.Length} slots for no key");
    }

    [Fact]
    public void No_look_moves_more_than_a_portion()
    {
        var count = new Count();
        var table = Table(count, 1, out var functor);
        var (most, growing) = (0L, 0);
        for (var key = 0L; key < 1_000_000; key++)
        {
            var slots = table.Slots;
            most = Math.Max(most, HashesOf(count, () => table.Find(key, functor.Hash(key)).Value = key));
            growing += slots == table.Slots ? 0 : 1;
        }

        Assert.True(growing >= 15, $"it grew {growing} times");
        Assert.InRange(most, 2, 4096);
        most = 0;
        for (var key = 0L; key < 1_000_000; key++)
        {
            most = Math.Max(most, HashesOf(count, () => Assert.True(table.Remove(key, functor.Hash(key)))));
        }

        Assert.InRange(most, 2, 4096);
        Assert.Equal(8, table.Slots.Length);
    }

    [Fact]
    public void Keys_that_are_fetched_before_their_turn_are_there_once()
    {
        var table = Table(new Count(), 5, out var functor);
        var keys = 0L;
        while (table.Chunk(1).IsEmpty || table.Slots.Length < 262_144)
        {
            table.Find(keys, functor.Hash(keys)).Value = keys;
            keys++;
        }

        // The last ones first: what is behind in the array is asked for while the front of it is moved.
        var slots = table.Slots;
        for (var key = keys - 1; key >= 0 && !table.Chunk(1).IsEmpty; key--)
        {
            Assert.Equal(key, table.FindExisting(key, functor.Hash(key)).Value);
            if (key % 10_000 == 0)
            {
                Assert.Equal(Enumerable.Range(0, (int)keys).Select(n => (long)n), Walk(table).Select(pair => pair.Key).Order());
            }
        }

        // Who looks for what is not there drains the rest.
        for (var key = -1L; !table.Chunk(1).IsEmpty; key--)
        {
            Assert.True(Unsafe.IsNullRef(ref table.FindExisting(key, functor.Hash(key))));
            Assert.True(key > -20_000, "the rest is never moved");
        }

        Assert.Same(slots, table.Slots);
        Assert.Equal(keys, Walk(table).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(30_000)]
    public void Room_is_made_a_portion_at_a_time_and_keys_stay(int keys)
    {
        var table = Table(new Count(), 9, out var functor);
        for (var key = 0L; key < keys; key++)
        {
            table.Find(key, functor.Hash(key)).Value = key;
        }

        var portions = 0;
        while (!table.TryReserve(500_000, portion: 4096))
        {
            portions++;
        }

        Assert.InRange(portions, 1_048_576 / 4096 - 1, 1_048_576 / 4096 + 100);
        Assert.Equal(1_048_576, table.Slots.Length);
        Assert.True(table.TryReserve(500_000, portion: 1));
        for (var key = 0L; key < keys; key++)
        {
            Assert.Equal(key, table.FindExisting(key, functor.Hash(key)).Value);
        }

        Assert.Equal(keys, Walk(table).Count);
    }

    [Fact]
    public void A_table_that_holds_references_is_emptied_a_portion_at_a_time_and_used_again()
    {
        var functor = new TextKeys();
        var table = new HeapKeyTable<string, string, TextKeys>(functor, new SlotAccount());
        foreach (var round in new[] { 1, 2 })
        {
            for (var n = 0; n < 50_000; n++)
            {
                var key = $"{round}-{n}";
                table.Find(key, functor.Hash(key)).Value = key;
            }

            var portions = 1;
            while (!table.TryEmpty(4096))
            {
                portions++;
            }

            Assert.Equal(table.Slots.Length / 4096, portions);
            Assert.All(table.Slots.ToArray(), slot => Assert.Null(slot.Value));
            table.Clear();
            Assert.Equal(0, table.Count);
            Assert.True(Unsafe.IsNullRef(ref table.FindExisting("1-7", functor.Hash("1-7"))));
        }
    }

    [Fact]
    public void The_account_counts_every_array_until_it_is_given_back()
    {
        var account = new SlotAccount();
        var functor = new CountedKeys(new Count(), KeySeed.Of(2));
        var table = new HeapKeyTable<long, long, CountedKeys>(functor, account);
        var most = 0L;
        for (var key = 0L; key < 200_000; key++)
        {
            table.Find(key, functor.Hash(key));
            most = Math.Max(most, account.Slots - table.Slots.Length);
        }

        Assert.Equal(524_288, most);
        for (var key = 0L; key < 200_000; key++)
        {
            table.Remove(key, functor.Hash(key));
        }

        Assert.InRange(account.Slots, 8, 64);
        Assert.Equal(table.Slots.Length, account.Slots);
    }

    private static KeyTable<long, long> Table(Count count, int seed, out CountedKeys functor)
    {
        functor = new CountedKeys(count, KeySeed.Of((ulong)seed));
        return new HeapKeyTable<long, long, CountedKeys>(functor, new SlotAccount());
    }

    private static long HashesOf(Count count, Action look)
    {
        var before = count.Hashes;
        look();
        return count.Hashes - before;
    }

    private static Dictionary<long, long> Walk(KeyTable<long, long> table) =>
        table.All().ToDictionary(slot => slot.Key, slot => slot.Value);

    private sealed class Count
    {
        public long Hashes { get; set; }
    }

    private readonly struct CountedKeys(Count count, KeySeed seed) : ITableFunctor<long, long>
    {
        public ulong Hash(in long key)
        {
            count.Hashes++;
            return KeyHash.Of(key, seed);
        }

        public bool AreEqual(in long left, in long right) => left == right;

        public long Create() => 0;
    }

    private readonly struct TextKeys : ITableFunctor<string, string>
    {
        private static readonly KeySeed Seed = KeySeed.Of(4);

        public ulong Hash(in string key) => KeyHash.Of(Codecs.Of<string>(), key, Seed);

        public bool AreEqual(in string left, in string right) => left == right;

        public string Create() => "";
    }
}
