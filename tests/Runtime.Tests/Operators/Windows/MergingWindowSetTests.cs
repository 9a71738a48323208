using System.Globalization;
using System.Text.Json;
using Weir.Runtime.Operators.Windows.Triggered;
using Weir.Runtime.Tests.Golden;

namespace Weir.Runtime.Tests.Operators.Windows;

public sealed class MergingWindowSetTests
{
    [Fact]
    public void A11_windows_that_touch_merge()
    {
        Assert.Equal("[0,3) of [0,1) [1,2) [2,3); [4,6) of [4,5) [5,6)", Merged(W(0, 1), W(1, 2), W(2, 3), W(4, 5), W(5, 6)));
        Assert.Equal("[0,3) of [0,1) [1,2) [2,3); [4,6) of [4,5) [5,6)", Merged(W(5, 6), W(0, 1), W(2, 3), W(4, 5), W(1, 2)));
    }

    [Fact]
    public void A12_windows_that_hold_others_merge() =>
        Assert.Equal("[0,2) of [0,2) [1,1); [4,7) of [4,7) [5,6)", Merged(W(1, 1), W(0, 2), W(4, 7), W(5, 6)));

    [Fact]
    public void A13_a_single_window_does_not_merge()
    {
        Assert.Equal("", Merged(W(0, 0)));
        Assert.Equal("", Merged(W(0, 5)));
        Assert.Equal("", Merged());
    }

    [Fact]
    public void A14_contents_stay_under_the_window_they_began_in()
    {
        var set = new MergingWindowSet();
        Assert.Equal("[0,4) under [0,4)", Text(set.Add(W(0, 4))));
        Assert.Equal("[0,4) under [0,4)", Text(set.Add(W(0, 4))));
        Assert.Equal("[0,5) under [0,4), absorbed [0,4) under [0,4)", Text(set.Add(W(3, 5))));
        Assert.Equal("[0,6) under [0,4), absorbed [0,5) under [0,4)", Text(set.Add(W(4, 6))));
        Assert.Equal("[0,6) under [0,4)", Text(set.Add(W(1, 4))));
        Assert.Equal("[0,6) under [0,4)", Text(set.Add(W(3, 5))));
        Assert.Equal("[11,14) under [11,14)", Text(set.Add(W(11, 14))));
        Assert.Equal("[10,14) under [11,14), absorbed [11,14) under [11,14)", Text(set.Add(W(10, 13))));
        Assert.Equal("[10,15) under [11,14), absorbed [10,14) under [11,14)", Text(set.Add(W(12, 15))));
        Assert.Null(set.StateOf(W(0, 5)));
        Assert.Equal(W(0, 4), set.StateOf(W(0, 6)));
        Assert.True(set.Retire(W(0, 6)));
        Assert.False(set.Retire(W(0, 6)));
        Assert.Null(set.StateOf(W(0, 6)));
        Assert.Equal(W(11, 14), set.StateOf(W(10, 15)));
    }

    [Fact]
    public void A15_a_window_between_two_others_makes_them_one()
    {
        var set = new MergingWindowSet();
        set.Add(W(0, 3));
        set.Add(W(5, 8));
        set.Add(W(10, 13));
        Assert.Equal("[5,13) under [5,8), absorbed [5,8) under [5,8), [10,13) under [10,13)", Text(set.Add(W(8, 10))));
        Assert.Equal("[0,13) under [0,3), absorbed [0,3) under [0,3), [5,13) under [5,8)", Text(set.Add(W(3, 5))));
        Assert.Equal(1, set.Count);
    }

    [Fact]
    public void R7_windows_merge_as_Flink_merges_them_in_any_order()
    {
        var played = 0;
        foreach (var test in GoldenFile.Read("a-windows").Where(test => test.Group == "merge"))
        {
            for (var step = 0; step < test.Steps; step++)
            {
                TimeWindow[] windows = [.. test.Script[step][1].EnumerateArray().Select(Window)];
                var expected = string.Join("; ", test.Output(step)
                    .Select(record => (Window: Window(record[1]), Members: record[2].EnumerateArray().Select(Window)))
                    .OrderBy(merged => merged.Window.StartTime)
                    .Select(merged => Text(merged.Window, merged.Members)));
                for (var order = 0; order < 20; order++)
                {
                    Assert.Equal($"{test.Id}: {expected}", $"{test.Id}: {Merged(windows)}");
                    new Random(order).Shuffle(windows);
                }
            }

            played++;
        }

        Assert.True(played >= 15, $"only {played} scripts were played");
    }

    [Fact]
    public void A_set_holds_what_a_list_of_windows_would_hold_whatever_is_added_and_retired()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var (set, naive) = (new MergingWindowSet(), new List<(TimeWindow Window, TimeWindow State)>());
            var range = random.Next(5, 3000);
            for (var step = 0; step < 300; step++)
            {
                if (naive.Count > 0 && random.Next(3) == 0)
                {
                    var retired = naive[random.Next(naive.Count)];
                    naive.Remove(retired);
                    Assert.True(set.Retire(retired.Window), $"seed {seed}: {retired.Window.StartTime}");
                }
                else
                {
                    var start = random.Next(-range, range);
                    var window = W(start, start + random.Next(12));
                    var touching = naive.Where(open => open.Window.StartTime <= window.EndTime && open.Window.EndTime >= window.StartTime)
                        .OrderBy(open => open.Window.StartTime).ToList();
                    naive.RemoveAll(touching.Contains);
                    var merged = W(touching.Select(open => open.Window.StartTime).Append(window.StartTime).Min(),
                        touching.Select(open => open.Window.EndTime).Append(window.EndTime).Max());
                    naive.Add((merged, touching.Count > 0 ? touching[0].State : window));
                    var came = set.Add(window);
                    Assert.Equal((seed, naive[^1]), (seed, (came.Window, came.State)));
                    Assert.Equal(touching is [var only] && only.Window == merged ? [] : touching, came.Absorbed);
                }

                Assert.Equal(naive.Count, set.Count);
            }

            Assert.Equal(naive.OrderBy(open => open.Window.StartTime), set.InOrder());
        }
    }

    [Fact]
    public void A_window_is_added_and_retired_as_fast_beside_a_hundred_thousand_as_beside_ten()
    {
        var (few, many) = (Filled(10), Filled(100_000));
        var slower = Enumerable.Range(0, 5).Select(_ => Cost(many) / (double)Cost(few)).Order().First();
        Assert.True(slower < 25, $"{slower} times as slow");

        static MergingWindowSet Filled(int count)
        {
            var set = new MergingWindowSet();
            for (var i = 0; i < count; i++)
            {
                set.Add(W(i * 10L, (i * 10L) + 5));
            }

            return set;
        }

        static long Cost(MergingWindowSet set)
        {
            var began = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < 10_000; i++)
            {
                var start = set.Count * 5L / 10 * 10;
                var window = set.Add(W(start + 7, start + 8)).Window;
                set.Retire(window);
            }

            return TimeProvider.System.GetTimestamp() - began;
        }
    }

    [Fact]
    public void What_a_checkpoint_holds_is_taken_up_unless_windows_would_have_merged()
    {
        var set = new MergingWindowSet();
        set.Restore(W(5, 9), W(6, 7));
        set.Restore(W(0, 4), W(0, 2));
        Assert.Equal([(W(0, 4), W(0, 2)), (W(5, 9), W(6, 7))], set.InOrder());
        Assert.Throws<InvalidDataException>(() => set.Restore(W(9, 12), W(9, 12)));
        Assert.Throws<InvalidDataException>(() => set.Restore(W(20, 19), W(20, 19)));
    }

    // What windows merge to, and of which: as a caller sees it who keeps with each window what became of it.
    private static string Merged(params TimeWindow[] windows)
    {
        var (set, members) = (new MergingWindowSet(), new Dictionary<TimeWindow, List<TimeWindow>>());
        foreach (var window in windows)
        {
            var added = set.Add(window);
            List<TimeWindow> all = [window];
            foreach (var (absorbed, _) in added.Absorbed.Append((added.Window, default)))
            {
                all.AddRange(members.Remove(absorbed, out var had) ? had : []);
            }

            members[added.Window] = all;
        }

        return string.Join("; ", set.InOrder().Where(open => members[open.Window].Distinct().Count() > 1)
            .Select(open => Text(open.Window, members[open.Window].Distinct())));
    }

    private static string Text(TimeWindow window, IEnumerable<TimeWindow> members) =>
        $"{Text(window)} of {string.Join(' ', members.Select(Text).Order(StringComparer.Ordinal))}";

    private static string Text(MergedWindow merged)
    {
        var absorbed = string.Join(", ", merged.Absorbed.Select(was => $"{Text(was.Window)} under {Text(was.State)}"));
        return $"{Text(merged.Window)} under {Text(merged.State)}{(absorbed.Length > 0 ? ", absorbed " : "")}{absorbed}";
    }

    private static string Text(TimeWindow window) =>
        string.Create(CultureInfo.InvariantCulture, $"[{window.StartTime},{window.EndTime})");

    private static TimeWindow Window(JsonElement pair) => W(pair[0].GetInt64(), pair[1].GetInt64());

    private static TimeWindow W(long start, long end) => new(start, end);
}
