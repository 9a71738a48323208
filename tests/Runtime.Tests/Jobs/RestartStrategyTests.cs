namespace Weir.Runtime.Tests.Jobs;

public sealed class RestartStrategyTests
{
    [Fact]
    public void G8_the_delay_grows_with_failures_that_come_soon_and_is_reset_after_a_good_while()
    {
        var strategy = RestartStrategy.Exponential(Ms(1), Ms(5), 2, Ms(8), jitter: 0).OnFailure(Ms(100), () => 0);
        Assert.Equal(Ms(1), strategy.Delay);
        Assert.Equal(Ms(2), strategy.OnFailure(Ms(108), () => 0).Delay);
        Assert.Equal(Ms(1), strategy.OnFailure(Ms(109), () => 0).Delay);
    }

    [Fact]
    public void G8_the_delay_grows_from_its_exact_value_and_is_rounded_down_to_milliseconds()
    {
        var strategy = RestartStrategy.Exponential(Ms(4), Ms(300), 2.3, Ms(1000), jitter: 0);
        Assert.Equal([4, 9, 21], Delays(strategy, 3, () => 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void G8_the_delay_never_exceeds_the_longest_jitter_included(double chance) =>
        Assert.All(Delays(RestartStrategy.Exponential(Ms(100), Ms(500), 2, Ms(8000), jitter: 0.25), 10, () => chance), delay =>
            Assert.InRange(delay, 75, 500));

    [Fact]
    public void G8_jitter_shortens_or_lengthens_by_its_share()
    {
        var strategy = RestartStrategy.Exponential(Ms(1000), Ms(60_000), 2, Ms(8000), jitter: 0.25);
        Assert.Equal(Ms(750), strategy.OnFailure(Ms(0), () => 0).Delay);
        Assert.Equal(Ms(1000), strategy.OnFailure(Ms(0), () => 0.5).Delay);
    }

    [Fact]
    public void G8_failures_while_a_restart_is_awaited_are_one_attempt()
    {
        var strategy = RestartStrategy.Exponential(Ms(10), Ms(100), 2, Ms(8000), jitter: 0, attempts: 1).OnFailure(Ms(0), () => 0);
        var merged = strategy.OnFailure(Ms(4), () => 0);
        Assert.True(merged.MayRestart);
        Assert.Equal(Ms(6), merged.Delay);
        Assert.False(merged.OnFailure(Ms(11), () => 0).MayRestart);
    }

    [Fact]
    public void G8_asking_for_the_delay_before_a_failure_is_an_error()
    {
        Assert.Throws<InvalidOperationException>(() => RestartStrategy.Exponential().Delay);
        Assert.Throws<InvalidOperationException>(() => RestartStrategy.FixedDelay(1, Ms(1)).Delay);
        Assert.Throws<InvalidOperationException>(() => RestartStrategy.FailureRate(1, Ms(1), Ms(1)).Delay);
    }

    [Fact]
    public void G8_by_default_the_delay_is_a_second_and_grows_by_half_up_to_a_minute()
    {
        var delays = Delays(RestartStrategy.Exponential(jitter: 0), 12, () => 0);
        Assert.Equal([1000, 1500, 2250], delays.Take(3));
        Assert.Equal(60_000, delays[^1]);
        Assert.Equal(0.1, ((ExponentialRestart)RestartStrategy.Exponential()).Jitter);
        Assert.Equal(TimeSpan.FromHours(1), ((ExponentialRestart)RestartStrategy.Exponential()).ResetAfter);
    }

    [Fact]
    public void G9_three_failures_in_ten_seconds_restart_and_the_fourth_does_not()
    {
        var strategy = RestartStrategy.FailureRate(3, TimeSpan.FromSeconds(10), Ms(1));
        for (var i = 0; i < 3; i++)
        {
            strategy = strategy.OnFailure(TimeSpan.FromSeconds(i), () => 0);
            Assert.True(strategy.MayRestart);
        }

        Assert.False(strategy.OnFailure(TimeSpan.FromSeconds(3), () => 0).MayRestart);
        Assert.True(strategy.OnFailure(TimeSpan.FromSeconds(11), () => 0).MayRestart);
    }

    [Fact]
    public void A_fixed_delay_restarts_as_often_as_it_may()
    {
        var strategy = RestartStrategy.FixedDelay(2, Ms(7)).OnFailure(Ms(0), () => 0).OnFailure(Ms(1), () => 0);
        Assert.True(strategy.MayRestart);
        Assert.Equal(Ms(7), strategy.Delay);
        Assert.False(strategy.OnFailure(Ms(2), () => 0).MayRestart);
    }

    [Fact]
    public void None_never_restarts() => Assert.False(RestartStrategy.None.OnFailure(Ms(0), () => 0).MayRestart);

    // Each failure comes a millisecond after the restart.
    private static List<double> Delays(RestartStrategy strategy, int count, Func<double> random)
    {
        var delays = new List<double>();
        var now = TimeSpan.Zero;
        for (var i = 0; i < count; i++)
        {
            strategy = strategy.OnFailure(now, random);
            delays.Add(strategy.Delay.TotalMilliseconds);
            now += strategy.Delay + Ms(1);
        }

        return delays;
    }

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);
}
