using Weir.Testing;

namespace Weir.Simulation.Tests;

public class SimulatedTimeTests
{
    private readonly SimulatedTime _time = new();

    [Fact]
    public void It_stands_still_until_it_is_advanced()
    {
        var (stamp, now) = (_time.GetTimestamp(), _time.GetUtcNow());

        Assert.Equal((stamp, now), (_time.GetTimestamp(), _time.GetUtcNow()));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), _time.GetElapsedTime(stamp));
        Assert.Equal(now.AddSeconds(3), _time.GetUtcNow());
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_times_each_at_its_time()
    {
        List<(string, double)> fired = [];
        using var late = _time.CreateTimer(
            _ => fired.Add(("late", _time.Elapsed.TotalSeconds)), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var often = _time.CreateTimer(
            _ => fired.Add(("often", _time.Elapsed.TotalSeconds)), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var never = _time.CreateTimer(_ => fired.Add(("never", 0)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal([("often", 2), ("often", 4), ("late", 5), ("often", 6)], fired);
    }

    [Fact]
    public void A_timer_that_was_changed_or_disposed_does_not_fire_as_it_was_set_before()
    {
        List<string> fired = [];
        var gone = _time.CreateTimer(_ => fired.Add("gone"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var moved = _time.CreateTimer(_ => fired.Add("moved"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        gone.Dispose();
        moved.Change(TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(fired);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["moved"], fired);
    }

    [Fact]
    public void A_delay_by_this_clock_ends_when_it_is_advanced()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(1), _time, TestContext.Current.CancellationToken);

        Assert.False(delay.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(delay.IsCompleted);
    }
}
