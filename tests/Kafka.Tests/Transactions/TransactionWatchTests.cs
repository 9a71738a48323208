using Microsoft.Extensions.Time.Testing;
using Weir.KafkaLog.Transactions;

namespace Weir.KafkaLog.Tests.Transactions;

/// <summary>What is done about a transaction that grows old.</summary>
public sealed class TransactionWatchTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _alarms = [];
    private TimeSpan? _age;
    private int _asked;

    [Theory]
    [InlineData(0, AgeAdvice.None)]
    [InlineData(50, AgeAdvice.None)]
    [InlineData(51, AgeAdvice.Checkpoint)]
    [InlineData(80, AgeAdvice.Checkpoint)]
    [InlineData(81, AgeAdvice.Alarm)]
    public void Half_of_the_time_out_asks_for_a_checkpoint_and_four_fifths_for_somebody(int seconds, object expected) =>
        Assert.Equal((AgeAdvice)expected, TransactionWatch.Judge(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(100)));

    [Fact]
    public void Each_is_done_once_for_a_transaction_and_again_for_the_next()
    {
        var context = new ArbiterContext("totals", new MemoryCheckpointStore(), _clock)
        {
            RequestCheckpoint = () => _asked++,
            Alarm = _alarms.Add,
        };
        using var watch = new TransactionWatch(context, TimeSpan.FromSeconds(100), "broker:1", () => _age);
        Look(40);
        Assert.Equal((0, 0), (_asked, _alarms.Count));
        Look(55);
        Look(70);
        Assert.Equal((1, 0), (_asked, _alarms.Count));
        Look(85);
        Look(95);
        Assert.Equal(1, _asked);
        Assert.StartsWith(
            "The transaction of job 'totals' at Kafka broker:1 has been open for 85 s, and the broker gives it up after 100 s",
            Assert.Single(_alarms),
            StringComparison.Ordinal);
        Look(null);
        Look(90);
        Assert.Equal((2, 2), (_asked, _alarms.Count));
    }

    private void Look(int? age)
    {
        _age = age is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        _clock.Advance(TimeSpan.FromSeconds(2));
    }
}
