using Weir.Runtime.Operators.Sources;

namespace Weir.Runtime.Tests.Operators.Sources;

public sealed class RateLimiterTests
{
    [Fact]
    public void A_hundred_records_a_second_take_ten_seconds_for_a_thousand()
    {
        var clock = new StillClock();
        var limiter = new RateLimiter(100, clock);
        var capacity = limiter.BatchCapacity(1024);
        var read = 0;
        for (var ms = 0; ms < 10_000; ms++)
        {
            clock.Pass(TimeSpan.FromMilliseconds(1));
            while (limiter.MayRead())
            {
                read += capacity;
                limiter.Count(capacity);
            }
        }

        Assert.InRange(read, 999, 1001);
    }

    [Fact]
    public void A_stall_is_not_followed_by_a_flood()
    {
        var clock = new StillClock();
        var limiter = new RateLimiter(100, clock);
        Assert.True(limiter.MayRead());
        clock.Pass(TimeSpan.FromHours(1));
        var read = 0;
        while (limiter.MayRead())
        {
            read++;
            limiter.Count(1);
        }

        Assert.Equal(101, read);
    }

    [Fact]
    public void Without_a_limit_every_batch_may_be_full()
    {
        var limiter = new RateLimiter(0, new StillClock());
        limiter.Count(1_000_000);
        Assert.True(limiter.MayRead());
        Assert.Equal(1024, limiter.BatchCapacity(1024));
    }

    private sealed class StillClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
