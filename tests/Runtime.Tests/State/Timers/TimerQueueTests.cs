using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.State.Timers;
using Weir.Runtime.Tests.State.Tables;

namespace Weir.Runtime.Tests.State.Timers;

/// <summary>Timers as a set in order of time, plain and restored before every step: semantics D6 and R9.</summary>
public sealed class TimerQueueTests
{
    private static readonly LongKeys Functor = new(KeySeed.Of(5));

    [Theory, InlineData(false), InlineData(true)]
    public void R9_a_timer_fires_once_however_often_it_is_registered_and_in_order_of_time(bool crash)
    {
        var timers = new Timers(crash);
        Assert.True(timers.Now.Register(1, "a", 30));
        Assert.True(timers.Now.Register(2, "a", 10));
        Assert.False(timers.Now.Register(1, "a", 30));
        Assert.True(timers.Now.Register(1, "b", 30));
        Assert.Equal(10, timers.Now.NextTime);
        Assert.Equal("", timers.Fire(9));
        Assert.Equal("2a@10", timers.Fire(29));
        Assert.Equal("1a@30 1b@30", timers.Fire(30));
        Assert.Equal("", timers.Fire(long.MaxValue));
        Assert.True(timers.Now.Register(1, "a", 30));
        Assert.Equal("1a@30", timers.Fire(30));
        Assert.Equal(0, timers.Now.Count);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void D6_deleting_takes_the_timer_of_that_key_and_namespace_alone(bool crash)
    {
        var timers = new Timers(crash);
        foreach (var key in new long[] { 1, 2 })
        {
            timers.Now.Register(key, "ciao", 10);
            timers.Now.Register(key, "hello", 10);
        }

        Assert.Equal(4, timers.Now.Count);
        Assert.True(timers.Now.Delete(1, "hello", 10));
        Assert.True(timers.Now.Delete(2, "ciao", 10));
        Assert.False(timers.Now.Delete(2, "hello", 11));
        Assert.Equal("1ciao@10 2hello@10", timers.Fire(10));
        Assert.Equal(0, timers.Now.Count);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Any_order_of_registering_deleting_and_firing_is_that_of_a_sorted_set(int seed)
    {
        var random = new Random(seed);
        var timers = new Timers(crash: seed % 2 == 0);
        var expected = new SortedSet<(long Time, long Key, string Name)>();
        for (var i = 0; i < 2000; i++)
        {
            var timer = (Time: (long)random.Next(-50, 50), Key: (long)random.Next(5), Name: random.Next(2) == 0 ? "a" : "b");
            switch (random.Next(5))
            {
                case 0:
                    Assert.Equal(expected.Remove(timer), timers.Now.Delete(timer.Key, timer.Name, timer.Time));
                    break;
                case 1 when random.Next(10) == 0:
                    var due = expected.Where(other => other.Time <= timer.Time).ToList();
                    Assert.Equal(due.Select(other => other.Time), Times(timers.Fire(timer.Time)));
                    expected.ExceptWith(due);
                    break;
                default:
                    Assert.Equal(expected.Add(timer), timers.Now.Register(timer.Key, timer.Name, timer.Time));
                    break;
            }

            Assert.Equal(expected.Count, timers.Now.Count);
            Assert.Equal(expected.Count == 0 ? long.MaxValue : expected.Min.Time, timers.Now.NextTime);
        }
    }

    [Fact]
    public void Timers_and_tables_of_one_operator_share_its_key_groups()
    {
        var (table, timers) = Parts();
        for (var key = 0L; key < 500; key++)
        {
            table.Open(key % 3).Find(key, Functor.Hash(key)).Value = key * 2;
            timers.Register(key, "x", -key);
        }

        var writer = new OperatorStateWriter("both");
        new KeyedState("both", 128, table, timers).Snapshot(writer);
        var state = writer.ToState();
        var (table2, timers2) = Parts();
        new KeyedState("both", 128, table2, timers2).Restore(state.KeyGroups);
        Assert.Equal(500, timers2.Count);
        Assert.Equal([0L, 1, 2], table2.Namespaces.Order());
        Assert.All(Enumerable.Range(0, 500), key => Assert.Equal(key * 2, table2.Open(key % 3).FindExisting(key, Functor.Hash(key)).Value));
    }

    private static (StateTable<long, long, long> Table, TimerQueue<long, string, LongKeys> Timers) Parts() => (
        new HeapBackend().Open<long, long, long, LongKeys>(
            new(Codecs.Of<long>(), Codecs.Of<long>(), Codecs.Of<long>()), Functor, KeySeed.Of(2)),
        Queue());

    private static TimerQueue<long, string, LongKeys> Queue() => new(Codecs.Of<long>(), Codecs.Of<string>(), Functor, KeySeed.Of(9));

    private static IEnumerable<long> Times(string fired) => fired
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(timer => long.Parse(
            timer[(timer.IndexOf('@', StringComparison.Ordinal) + 1)..], System.Globalization.CultureInfo.InvariantCulture));

    private sealed class Timers(bool crash)
    {
        private TimerQueue<long, string, LongKeys> _queue = Queue();

        public TimerQueue<long, string, LongKeys> Now => crash ? _queue = Restored() : _queue;

        public string Fire(long time)
        {
            var fired = new List<string>();
            while (Now.TryTake(time, out var timer))
            {
                fired.Add($"{timer.Key}{timer.Namespace}@{timer.Time}");
            }

            // Between equal times the order is free.
            return string.Join(' ', fired.GroupBy(text => text[(text.IndexOf('@', StringComparison.Ordinal) + 1)..])
                .SelectMany(group => group.Order(StringComparer.Ordinal)));
        }

        private TimerQueue<long, string, LongKeys> Restored()
        {
            var writer = new OperatorStateWriter("timers");
            new KeyedState("timers", 128, _queue).Snapshot(writer);
            var queue = Queue();
            new KeyedState("timers", 128, queue).Restore(writer.ToState().KeyGroups);
            return queue;
        }
    }
}
