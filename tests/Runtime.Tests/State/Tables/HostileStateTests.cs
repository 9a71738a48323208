using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.State.Timers;

namespace Weir.Runtime.Tests.State.Tables;

/// <summary>Bytes whose checksum is right and whose content is not: they are called damaged, and nothing else ever happens.</summary>
public sealed class HostileStateTests
{
    private static readonly LongKeys Functor = new(KeySeed.Of(5));

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Any_change_of_bytes_is_read_or_called_damaged(int seed)
    {
        var random = new Random(seed);
        var groups = Written();
        for (var i = 0; i < 3000; i++)
        {
            var at = random.Next(groups.Count);
            var bytes = groups[at].Entries.ToArray();
            switch (random.Next(3))
            {
                case 0:
                    bytes = bytes[..random.Next(bytes.Length)];
                    break;
                case 1:
                    random.NextBytes(bytes);
                    break;
                default:
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                    break;
            }

            var failure = Record.Exception(() => State().Restore([new KeyGroupState(groups[at].KeyGroup, bytes)]));
            Assert.True(failure is null or DamagedStateException, $"seed {seed}, step {i}: {failure}");
        }
    }

    [Fact]
    public void Keys_of_other_groups_and_keys_that_come_twice_are_damage()
    {
        var group = Written()[0];
        var other = Assert.Throws<DamagedStateException>(
            () => State().Restore([new KeyGroupState((group.KeyGroup + 1) % 128, group.Entries)]));
        Assert.Contains("'owner'", other.Message, StringComparison.Ordinal);
        Assert.Contains("another key group", other.Message, StringComparison.Ordinal);

        var twice = State();
        twice.Restore([group]);
        Assert.Contains("twice", Assert.Throws<DamagedStateException>(() => twice.Restore([group])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_fails_while_state_is_read_into_it_is_not_called_damage()
    {
        var group = Written()[0];
        var disk = new IOException("RocksDB failed: No space left on device");
        Assert.Same(disk, Record.Exception(() => DamagedStateException.Guard("owner", "key group 3", group, _ => throw disk)));

        var end = new EndOfStreamException("Too short.");
        var damage = Assert.Throws<DamagedStateException>(
            () => DamagedStateException.Guard("owner", "key group 3", group, _ => throw end));
        Assert.Same(end, damage.InnerException);
    }

    private static List<KeyGroupState> Written()
    {
        var (table, timers) = Parts();
        for (var key = 0L; key < 400; key++)
        {
            table.Open(key % 7).Find(key, Functor.Hash(key)).Value = key;
            timers.Register(key, key % 7, key);
        }

        var writer = new OperatorStateWriter("owner");
        new KeyedState("owner", 128, table, timers).Snapshot(writer);
        return [.. writer.ToState().KeyGroups];
    }

    private static KeyedState State()
    {
        var (table, timers) = Parts();
        return new KeyedState("owner", 128, table, timers);
    }

    private static (StateTable<long, long, long> Table, TimerQueue<long, long, LongKeys> Timers) Parts() => (
        new HeapBackend().Open<long, long, long, LongKeys>(
            new(Codecs.Of<long>(), Codecs.Of<long>(), Codecs.Of<long>()), Functor, KeySeed.Of(2)),
        new TimerQueue<long, long, LongKeys>(Codecs.Of<long>(), Codecs.Of<long>(), Functor, KeySeed.Of(9)));
}
