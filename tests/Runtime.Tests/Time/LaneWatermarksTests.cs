using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Tests.Time;

public sealed class LaneWatermarksTests
{
    private readonly Lanes _lanes = new();

    [Fact]
    public void E1_the_watermark_lags_behind_the_latest_time_by_the_disorder_and_one()
    {
        _lanes.Add("a");
        var watermarks = new LaneWatermarks(_lanes);
        Assert.False(watermarks.TryAdvance());
        Assert.Equal(Watermark.None, watermarks.Current);

        Assert.Equal(1326, Latest(watermarks, 10, 1337));
        Assert.Equal(12334, Latest(watermarks, 10, 12345, 12300, 12340, 12280));
        Assert.False(watermarks.TryAdvance());
        Assert.Equal(12334, watermarks.Current.Time);
    }

    [Fact]
    public void E1_times_at_the_beginning_of_all_time_do_not_wrap_around()
    {
        _lanes.Add("a");
        var watermarks = new LaneWatermarks(_lanes);
        Assert.Equal(long.MinValue, Latest(watermarks, 10, long.MinValue + 5));
    }

    [Fact]
    public void E3_the_least_of_the_lanes_that_are_not_idle_counts_and_never_goes_back()
    {
        var watermarks = Of(2);
        Assert.Equal(long.MinValue, After(watermarks, 0, 3));
        Assert.Equal(2, After(watermarks, 1, 6));

        _lanes.Set(0, LaneStatus.Idle);
        Assert.True(watermarks.TryAdvance());
        Assert.Equal(5, watermarks.Current.Time);

        _lanes.Set(0, LaneStatus.Active);
        Assert.Equal(5, After(watermarks, 0, 4));
        Assert.Equal(5, After(watermarks, 1, 100));
        Assert.Equal(9, After(watermarks, 0, 10));
    }

    [Fact]
    public void E3_without_lanes_nothing_is_promised()
    {
        var watermarks = Of(0);
        Assert.False(watermarks.TryAdvance());
        Assert.Equal(Watermark.None, watermarks.Current);
    }

    [Fact]
    public void E3_when_the_lane_that_held_back_ends_the_others_count()
    {
        var watermarks = Of(2);
        After(watermarks, 0, 3);
        After(watermarks, 1, 6);
        _lanes.Set(0, LaneStatus.Ended);
        Assert.True(watermarks.TryAdvance());
        Assert.Equal(5, watermarks.Current.Time);

        _lanes.Set(1, LaneStatus.Ended);
        Assert.False(watermarks.TryAdvance());
    }

    private LaneWatermarks Of(int lanes)
    {
        _lanes.Add([.. Enumerable.Range(0, lanes).Select(lane => $"lane {lane}")]);
        return new LaneWatermarks(_lanes);
    }

    private static long After(LaneWatermarks watermarks, int lane, long time)
    {
        watermarks.Promise(lane, new Disorder(0).WatermarkOf(time));
        watermarks.TryAdvance();
        return watermarks.Current.Time;
    }

    private static long Latest(LaneWatermarks watermarks, long disorder, params ReadOnlySpan<long> times)
    {
        foreach (var time in times)
        {
            watermarks.Promise(0, new Disorder(disorder).WatermarkOf(time));
            watermarks.TryAdvance();
        }

        return watermarks.Current.Time;
    }
}
