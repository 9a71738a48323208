using System.Runtime.CompilerServices;
using Weir.Runtime.Operators.Windows.Slices;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Tests.State.Tables;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>What is found among the recent windows is the window of the time, and nothing keeps a window that is gone.</summary>
public sealed class RecentPanesTests
{
    private static readonly LongKeys Functor = new(KeySeed.Of(5));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 3)]
    [InlineData(64, 0)]
    [InlineData(1_000_000, 0)]
    [InlineData(86_400_000_000, 7_200_000_000)]
    [InlineData(100_000 * 86_400_000_000, 5)]
    public void A_time_is_found_in_its_own_window_or_not_at_all(long size, long offset)
    {
        var windows = Tumbling.Of(TimeSpan.FromMicroseconds(size), TimeSpan.FromMicroseconds(offset));
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var panes = new RecentPanes<long, long>();
            var (open, found) = (new HashSet<long>(), 0);
            var around = Time(random, 0, size);
            for (var i = 0; i < 3000; i++)
            {
                var time = Time(random, around, size);
                ref readonly var pane = ref panes.Look(time);
                if (pane.Covers(time))
                {
                    found++;
                    Assert.Equal(windows.Of(time), new TimeWindow(pane.Start, pane.Start + (long)pane.Size));
                    Assert.Contains(pane.Start, open);
                    Assert.Same(panes.TableOf(time).Table.Slots, pane.Slots);
                    Assert.Equal(windows.Of(time).MaxTime, panes.TableOf(time).LastTime);
                }
                else
                {
                    open.Add(windows.Of(time).StartTime);
                    Hold(panes, windows.Of(time), Table(), open.Count);
                }

                if (random.Next(50) == 0)
                {
                    var gone = open.First();
                    open.Remove(gone);
                    panes.Forget(windows.Of(gone), open.Count);
                }
            }

            Assert.True(found > 0, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData(1_000_000, 1_700_000_000_000_000, 10_000)]
    [InlineData(7, -3, 1000)]
    [InlineData(3_600_000_000, 0, 60_000)]
    public void Windows_side_by_side_never_drive_each_other_out(long size, long start, int count)
    {
        var windows = Tumbling.Of(TimeSpan.FromMicroseconds(size));
        var (panes, table, open) = (new RecentPanes<long, long>(), Table(), new HashSet<long>());
        for (var pass = 0; pass < 3; pass++)
        {
            for (var i = 0; i < count; i++)
            {
                // In an order that wanders, before the first one as well as behind it; at its start as well as late.
                var window = windows.Of(start + (((i * 7919L % count) - (count / 3)) * size));
                var time = i % 2 == 0 ? window.StartTime : window.MaxTime - (size / 1000);
                if (!panes.Look(time).Covers(time))
                {
                    Assert.True(pass < 2, $"window {i} is not held");
                    open.Add(window.StartTime);
                    Hold(panes, window, table, open.Count);
                }
            }
        }

        Assert.InRange(panes.Places, count, Math.Min(8 * count, RecentPanes<long, long>.MaxPlaces));
    }

    [Fact]
    public void Places_follow_the_number_of_open_windows_also_where_windows_lie_far_apart()
    {
        var windows = Tumbling.Of(TimeSpan.FromSeconds(1));
        var (panes, table) = (new RecentPanes<long, long>(), Table());
        for (var i = 1; i <= 5000; i++)
        {
            Hold(panes, windows.Of(i * 1024L * 1_000_000), table, i);
            Assert.InRange(panes.Places, 1, 8 * i);
        }

        for (var i = 1; i <= 5000; i++)
        {
            panes.Forget(windows.Of(i * 1024L * 1_000_000), 5000 - i);
            Assert.InRange(panes.Places, 1, Math.Max(64, 16 * (5000 - i)));
        }
    }

    [Fact]
    public void All_slots_that_are_held_are_counted_once()
    {
        var panes = new RecentPanes<long, long>();
        var table = Table();
        table.Reserve(10_000);
        Assert.Equal(65_536, table.Slots.Length);
        Hold(panes, new TimeWindow(0, 100), Table(), 1);
        Assert.False(panes.AreLarge);
        Hold(panes, new TimeWindow(0, 100), table, 1);
        Hold(panes, new TimeWindow(0, 100), table, 1);
        Assert.True(panes.AreLarge);
        panes.Forget(new TimeWindow(0, 100), 0);
        Assert.False(panes.AreLarge);
    }

    [Fact]
    public void A_window_that_is_removed_is_not_kept_alive()
    {
        var panes = new RecentPanes<long, long>();
        Hold(panes, new TimeWindow(-100, 0), Table(), 1);
        var table = Open(panes);
        Assert.True(panes.Look(99).Covers(99));
        panes.Forget(new TimeWindow(0, 100), 0);
        Assert.False(panes.Look(99).Covers(99));
        GC.Collect();
        Assert.False(table.IsAlive);
        GC.KeepAlive(panes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Open(RecentPanes<long, long> panes)
    {
        var table = Table();
        Hold(panes, new TimeWindow(0, 100), table, 1);
        return new WeakReference(table);
    }

    private static void Hold(
        RecentPanes<long, long> panes, TimeWindow window, HeapKeyTable<long, long, LongKeys> table, int open) => panes.Hold(
            new(window.StartTime, (ulong)(window.EndTime - window.StartTime), table), new(table, window.MaxTime), open);

    private static HeapKeyTable<long, long, LongKeys> Table() => new(Functor, new SlotAccount());

    // Mostly near some time, and now and then at the ends of all.
    private static long Time(Random random, long around, long size) => random.Next(20) switch
    {
        0 => random.NextInt64(long.MinValue, long.MaxValue),
        1 => long.MaxValue - random.Next(3),
        2 => long.MinValue + random.Next(3),
        _ => unchecked(around + (random.Next(-20, 20) * size) + random.NextInt64(size)),
    };
}
