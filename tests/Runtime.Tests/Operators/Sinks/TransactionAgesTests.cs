using Microsoft.Extensions.Time.Testing;
using Weir.Runtime.Operators.Sinks;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Tests.Operators.Sinks;

/// <summary>Which transaction is the oldest, and since when: a database ends those that grow too old.</summary>
public sealed class TransactionAgesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TransactionCounters _counters = new();

    [Fact]
    public void The_oldest_is_the_one_that_waits_longest_and_then_the_open_one()
    {
        var ages = new TransactionAges(_time, _counters);
        Assert.Null(Age());
        ages.Begun();
        Pass(3);
        Assert.Equal(3, Age());
        ages.Cut(new CheckpointId(1), hasNext: true);
        Pass(4);
        ages.Cut(new CheckpointId(2), hasNext: true);
        Pass(1);
        Assert.Equal(8, Age());

        // The first checkpoint was given up, and its transaction is committed with the second.
        ages.Ended(new CheckpointId(2));
        Assert.Equal(1, Age());
    }

    [Fact]
    public void A_sink_that_may_not_write_meanwhile_has_none_between_the_decision_and_the_next_begin()
    {
        var ages = new TransactionAges(_time, _counters);
        ages.Begun();
        Pass(2);
        ages.Cut(new CheckpointId(1), hasNext: false);
        Assert.Equal(2, Age());
        ages.Ended(new CheckpointId(1));
        Assert.Null(Age());
        ages.Begun();
        Pass(5);
        Assert.Equal(5, Age());
    }

    private double? Age() => _counters.Oldest is { } since ? _time.GetElapsedTime(since).TotalSeconds : null;

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
