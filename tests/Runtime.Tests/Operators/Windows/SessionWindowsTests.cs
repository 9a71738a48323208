using System.Globalization;
using Weir.Graph;
using Weir.Runtime.Operators.Windows;
using Weir.Runtime.Operators.Windows.Sessions;

namespace Weir.Runtime.Tests.Operators.Windows;

public sealed class SessionWindowsTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void B18_a_record_that_extends_a_live_session_is_not_late(bool crash)
    {
        var run = new AggregateScript(Sums(3000), crash);
        Assert.Equal("WM1999", run.Run("2:1@1000 WM1999"));
        Assert.Equal("WM4998", run.Run("2:1@2000 WM4998"));
        Assert.Equal("WM7400", run.Run("2:1@4500 2:1@8500 WM7400"));
        Assert.Equal("2=5[1000,11500)@11499 WM11501", run.Run("2:1@7000 WM11501"));
        Assert.Equal("2=1[11600,14600)@14599 WM14600", run.Run("2:1@11600 WM14600"));
        Assert.Equal(0, run.Late);
        Assert.Equal("2=1[14500,17500)@17499 WM20000", run.Run("2:1@10000 2:1@14500 WM20000"));
        Assert.Equal(1, run.Late);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void R4_a_record_whose_own_window_is_over_is_late_unless_it_touches_an_open_session(bool crash)
    {
        var run = new AggregateScript(Sums(10), crash);

        // [20,30) is open; [9,19) does not touch it, [10,20) does.
        Assert.Equal("WM22", run.Run("a:1@20 WM22"));
        Assert.Equal("WM23", run.Run("a:2@9 WM23"));
        Assert.Equal(1, run.Late);
        Assert.Equal("WM24", run.Run("a:4@10 WM24"));
        Assert.Equal("a=13[0,30)@29 WM29", run.Run("a:8@0 WM29"));
        Assert.Equal(1, run.Late);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void R7_sessions_that_touch_merge_and_those_a_microsecond_apart_do_not(bool crash)
    {
        var run = new AggregateScript(Sums(10), crash);
        Assert.Equal("a=3[0,20)@19 b=1[0,10)@9 b=2[11,21)@20 WM20", run.Run("a:1@0 a:2@10 b:1@0 b:2@11 WM20"));

        // Records close the gaps between four, one after the other; the fifth stays alone.
        Assert.Equal("WM90", run.Run("c:1@100 c:2@111 c:4@122 c:8@133 c:16@155 WM90"));
        Assert.Equal("WM91", run.Run("c:32@101 c:64@123 c:128@112 WM91"));
        Assert.Equal("c=239[100,143)@142 WM142", run.Run("WM142"));
        Assert.Equal("c=16[155,165)@164 WM200", run.Run("WM200"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void R8_sessions_fire_in_order_of_their_ends_each_once_and_leave_nothing(bool crash)
    {
        var run = new AggregateScript(Sums(10), crash);
        Assert.Equal("WM5", run.Run("a:1@50 a:2@0 a:4@25 b:8@24 WM5"));
        Assert.Equal("a=2[0,10)@9 WM9", run.Run("WM9"));
        Assert.Equal("a=4[25,35)@34 b=8[24,34)@33 WM40", run.Run("WM40"));
        Assert.Equal("a=1[50,60)@59 WM60", run.Run("WM60"));
        Assert.Equal(0, run.KeyGroupsInState);
        Assert.Equal("WM70", run.Run("WM70"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Records_without_event_time_and_those_at_the_ends_of_time_have_sessions(bool crash)
    {
        var run = new AggregateScript(Sums(10), crash);
        var (first, last) = (long.MinValue, long.MaxValue);
        Assert.Equal(
            $"a=3[{first},{first + 11})@{first + 10} WM0", run.Run($"a:1@{first} a:2@{first + 1} WM0"));
        Assert.Equal($"WM{last - 1}", run.Run($"b:1@{last - 5} c:1@{last} c:1@{last - 18} c:2@{last - 10} WM{last - 1}"));
        Assert.Equal($"b=1[{last - 5},{last})@{last} c=4[{last - 18},{last})@{last} WM{last}", run.Run($"WM{last}"));
    }

    [Fact]
    public void A_session_that_grows_and_absorbs_others_for_long_keeps_one_timer_that_counts()
    {
        var sessions = Open();
        for (var i = 0; i < 100_000; i++)
        {
            // A session behind all others, and two records that make it and the one before it one.
            Add(sessions, 1, (i * 25L) + 20, -1);
            Add(sessions, 1, (i * 25L) + 5, -1);
            Add(sessions, 1, (i * 25L) + 12, -1);
            for (var watermark = (i * 25L) - 2; sessions.IsDue(watermark);)
            {
                Assert.False(sessions.Advance(watermark, out _, out _));
            }
        }

        Assert.InRange(sessions.Timers, 1, 16);
    }

    [Fact]
    public void A_record_costs_the_same_beside_one_further_session_of_its_key_and_beside_a_hundred_thousand()
    {
        var (few, many) = (Filled(2), Filled(100_000));
        var slower = Enumerable.Range(0, 5).Select(_ => Cost(many, 100_000) / (double)Cost(few, 2)).Min();
        Assert.True(slower < 25, $"{slower} times as slow");

        static OpenSessions<int, long, string, AggregateFunctor<(int, long), int, long, long, string>> Filled(int count)
        {
            var sessions = Open();
            for (var i = 0; i < count; i++)
            {
                Add(sessions, 1, i * 100L, -1);
            }

            return sessions;
        }

        static long Cost(OpenSessions<int, long, string, AggregateFunctor<(int, long), int, long, long, string>> sessions, int count)
        {
            var began = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < 20_000; i++)
            {
                Add(sessions, 1, i % count * 100L, -1);
            }

            return TimeProvider.System.GetTimestamp() - began;
        }
    }

    private static void Add(
        OpenSessions<int, long, string, AggregateFunctor<(int, long), int, long, long, string>> sessions, int key, long time, long watermark) =>
        sessions.Find(key, Functor.Hash(key), SessionWindow.WithGap(TimeSpan.FromMicroseconds(10)).Of(time), watermark)++;

    private static OpenSessions<int, long, string, AggregateFunctor<(int, long), int, long, long, string>> Open() => new(
        new Weir.Runtime.State.Tables.HeapBackend(),
        new(Codecs.Of<int>(), Weir.Runtime.State.Tables.NoNamespace.Codec, new SessionCodec<long>(Codecs.Of<long>())),
        Functor,
        Weir.Runtime.State.KeySeed.Fixed);

    private static AggregateFunctor<(int, long), int, long, long, string> Functor { get; } = new(
        (AggregateStage<(int, long), int, long, long, string>)new Job("sessions").From(new MemorySource<(int Key, long Value)>([]))
            .WithEventTime(_ => 0L, TimeSpan.Zero)
            .KeyBy(record => record.Key)
            .Window(SessionWindow.WithGap(TimeSpan.FromMicroseconds(10)))
            .Aggregate(new SumOf<int>(), (key, window, sum) => $"{key}")
            .Stage,
        Weir.Runtime.State.KeySeed.Fixed);

    private static Stage Sums(int gap) => new Job("sessions").From(new MemorySource<(string Key, long Value)>([]))
        .WithEventTime(_ => 0L, TimeSpan.Zero)
        .KeyBy(record => record.Key)
        .Window(SessionWindow.WithGap(TimeSpan.FromMicroseconds(gap)))
        .Aggregate(new SumOf<string>(), (key, window, sum) =>
            string.Create(CultureInfo.InvariantCulture, $"{key}={sum}[{window.StartTime},{window.EndTime})"))
        .Stage;

    private sealed class SumOf<TKey> : IAggregate<(TKey Key, long Value), long, long>
    {
        public long Create() => 0;

        public void Add(ref long accumulator, in (TKey Key, long Value) record) => accumulator += record.Value;

        public void Merge(ref long accumulator, in long other) => accumulator += other;

        public long Result(in long accumulator) => accumulator;
    }
}
