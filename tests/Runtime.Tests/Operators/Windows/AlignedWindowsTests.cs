using System.Globalization;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>Which windows a time is in: sliding and cumulative ones.</summary>
public sealed class AlignedWindowsTests
{
    [Theory]
    [InlineData(5000, 1000, 0, "0→-4000,-3000,-2000,-1000,0 4999→0,1000,2000,3000,4000 5000→1000,2000,3000,4000,5000")]
    [InlineData(5000, 1000, 100, "100→-3900,-2900,-1900,-900,100 5099→100,1100,2100,3100,4100 5100→1100,2100,3100,4100,5100")]
    [InlineData(5000, 1000, -100, "0→-4100,-3100,-2100,-1100,-100 4900→900,1900,2900,3900,4900")]
    [InlineData(5000, 1000, 500, "100→-4500,-3500,-2500,-1500,-500 5499→500,1500,2500,3500,4500 5100→500,1500,2500,3500,4500")]
    [InlineData(5, 3, 0, "0→-3,0 2→0 3→0,3 -1→-3 -2→-6,-3")]
    [InlineData(2, 5, 1, "0→ 1→1 2→1 3→ 6→6 -1→ -3→-4 -4→-4 -5→")]
    public void A5_to_A8_R1_a_time_is_in_each_window_that_holds_it(int size, int slide, int offset, string expected)
    {
        var windows = Sliding.Of(Microseconds(size), Microseconds(slide), Microseconds(offset));
        Assert.Equal(expected, string.Join(' ', expected.Split(' ')
            .Select(line => long.Parse(line[..line.IndexOf('→')], CultureInfo.InvariantCulture))
            .Select(time => $"{time}→{string.Join(',', Of(windows, time).Select(window => window.StartTime))}")));
        Assert.All(Of(windows, 100), window => Assert.Equal(size, window.EndTime - window.StartTime));
    }

    [Theory]
    [InlineData(-2, 1, 0)]
    [InlineData(2, -1, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(20, 10, 11)]
    [InlineData(20, 10, -11)]
    [InlineData(20, 10, 10)]
    public void A9_sliding_windows_that_make_no_sense_are_refused(int size, int slide, int offset) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Sliding.Of(Seconds(size), Seconds(slide), Seconds(offset)));

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(10, 0, 0)]
    [InlineData(10, -1, 0)]
    [InlineData(10, 3, 0)]
    [InlineData(10, 5, 10)]
    [InlineData(10, 5, -11)]
    public void A9_cumulative_windows_that_make_no_sense_are_refused(int max, int step, int offset) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Cumulative.Of(Seconds(max), Seconds(step), Seconds(offset)));

    [Fact]
    public void Cumulative_windows_begin_together_and_grow()
    {
        var windows = Cumulative.Of(Microseconds(12), Microseconds(4), Microseconds(-1));
        Assert.Equal("[-1,3) [-1,7) [-1,11)", Text(windows, -1));
        Assert.Equal("[-1,7) [-1,11)", Text(windows, 3));
        Assert.Equal("[-1,11)", Text(windows, 10));
        Assert.Equal("[11,15) [11,19) [11,23)", Text(windows, 11));
        Assert.Equal("[-13,-1)", Text(windows, -2));
    }

    [Fact]
    public void Windows_of_random_sizes_are_those_that_a_walk_over_all_of_them_finds()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var (size, slide) = (random.Next(1, 40), random.Next(1, 40));
            var offset = random.Next(1 - slide, slide);
            var sliding = Sliding.Of(Microseconds(size), Microseconds(slide), Microseconds(offset));
            var (step, steps) = (random.Next(1, 8), random.Next(1, 8));
            var shift = random.Next(1 - (step * steps), step * steps);
            var cumulative = Cumulative.Of(Microseconds(step * steps), Microseconds(step), Microseconds(shift));
            for (var time = -60L; time < 60; time += random.Next(1, 7))
            {
                var expected = Enumerable.Range(-120, 240).Select(k => offset + ((long)k * slide))
                    .Select(start => new TimeWindow(start, start + size)).Where(window => Holds(window, time));
                Assert.Equal(expected, Of(sliding, time));
                var grown = Enumerable.Range(-120, 240).Select(k => shift + ((long)k * step * steps))
                    .SelectMany(start => Enumerable.Range(1, steps).Select(n => new TimeWindow(start, start + (n * step))))
                    .Where(window => Holds(window, time));
                Assert.Equal(grown, Of(cumulative, time));
                CheckSlice(sliding, time);
                CheckSlice(cumulative, time);
            }
        }
    }

    [Theory]
    [InlineData(7, 3)]
    [InlineData(10 * 86_400_000_000, 86_400_000_000)]
    [InlineData(100_000 * 86_400_000_000, 86_399_999_999)]
    public void H19_sliding_and_cumulative_windows_reach_the_ends_of_time(long size, long slide)
    {
        long[] times = [long.MinValue, long.MinValue + 1, -1, 0, long.MaxValue - 1, long.MaxValue];
        AlignedWindows[] kinds =
        [
            Sliding.Of(Microseconds(size), Microseconds(slide)),
            Cumulative.Of(Microseconds(slide * 5), Microseconds(slide)),
        ];
        foreach (var windows in kinds)
        {
            foreach (var time in times)
            {
                CheckSlice(windows, time);
                var slice = windows.SliceOf(time);
                Assert.True(windows.TryFirst(slice, out var window));
                for (var i = 0; i < 100 && windows.TryNext(slice, window, out var next); i++, window = next)
                {
                    Assert.True(next.StartTime <= slice.StartTime && slice.EndTime <= next.EndTime);
                    Assert.True(next.StartTime > window.StartTime || next.EndTime > window.EndTime);
                    Assert.True(next.StartTime >= window.StartTime && next.EndTime >= window.EndTime);
                }
            }
        }
    }

    [Fact]
    public void Windows_say_what_they_are_in_full()
    {
        var minute = TimeSpan.FromMinutes(1);
        Assert.Equal("sliding of 60000000 us every 1000000 us, offset 999999 us",
            $"{Sliding.Of(minute, Seconds(1), Microseconds(-1))}");
        Assert.Equal("cumulative up to 60000000 us by 1000000 us, offset 1 us, of processing time",
            $"{Cumulative.Of(minute, Seconds(1), Microseconds(1)).InProcessingTime()}");
        Assert.Equal("tumbling of 60000000 us, offset 0 us, of processing time", $"{Tumbling.Of(minute).InProcessingTime()}");
        Assert.Equal("calendar weeks from Sunday in UTC", $"{CalendarWindow.Weeks(TimeZoneInfo.Utc, DayOfWeek.Sunday)}");
        Assert.Equal("calendar quarters in UTC", $"{CalendarWindow.Quarters(TimeZoneInfo.Utc)}");
        Assert.Equal(Sliding.Of(minute, minute), Sliding.Of(minute, minute));
        Assert.NotEqual(Sliding.Of(minute, minute), Sliding.Of(minute, minute).InProcessingTime());
        Assert.False(Tumbling.Of(minute).InProcessingTime().NeedsEventTime);
    }

    // No edge of a window is within a slice, slices lie side by side, and all times of a slice are in the same windows.
    private static void CheckSlice(AlignedWindows windows, long time)
    {
        var slice = windows.SliceOf(time);
        Assert.True(slice.StartTime <= time && (time < slice.EndTime || time == long.MaxValue), $"{time} is not in {slice}");
        Assert.Equal(slice, windows.SliceOf(slice.StartTime));
        Assert.Equal(slice, windows.SliceOf(slice.EndTime - 1));
        Assert.Equal(slice.EndTime, slice.EndTime == long.MaxValue ? long.MaxValue : windows.SliceOf(slice.EndTime).StartTime);
        foreach (var after in new[] { long.MinValue, time - 1, time, time + 5, long.MaxValue })
        {
            var expected = Of(windows, time, most: 10_000).Where(window => window.MaxTime > after).Cast<TimeWindow?>().FirstOrDefault();
            Assert.Equal(expected, windows.TryFirst(slice, after, out var found) ? found : null);
        }
    }

    private static IEnumerable<TimeWindow> Of(AlignedWindows windows, long time, int most = int.MaxValue)
    {
        var slice = windows.SliceOf(time);
        for (var any = windows.TryFirst(slice, out var window); any && most-- > 0; any = windows.TryNext(slice, window, out window))
        {
            yield return window;
        }
    }

    private static bool Holds(TimeWindow window, long time) => window.StartTime <= time && time < window.EndTime;

    private static string Text(AlignedWindows windows, long time) =>
        string.Join(' ', Of(windows, time).Select(window => $"[{window.StartTime},{window.EndTime})"));

    private static TimeSpan Microseconds(long count) => TimeSpan.FromMicroseconds(count);

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);
}
