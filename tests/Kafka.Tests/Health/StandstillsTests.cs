using Weir.KafkaLog.Client;
using Weir.KafkaLog.Health;
using Weir.KafkaLog.Reading;

namespace Weir.KafkaLog.Tests.Health;

/// <summary>Which partitions stand still.</summary>
public sealed class StandstillsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly Standstills _standstills = new();

    [Fact]
    public void A_partition_with_more_to_read_stands_still_at_the_third_look_that_finds_its_position_unmoved()
    {
        Assert.Empty(Look(0, (0, 5, 2)));
        Assert.Empty(Look(10, (0, 5, 3)));
        var (lag, time) = Assert.Single(Look(20, (0, 5, 7)));
        Assert.Equal((5L, 7L, TimeSpan.FromSeconds(20)), (lag.Position, lag.Records, time));
    }

    [Fact]
    public void One_that_moves_does_not_and_neither_does_one_that_was_read_whole()
    {
        Assert.Empty(Look(0, (0, 5, 9), (1, 4, 0)));
        Assert.Empty(Look(10, (0, 6, 9), (1, 4, 0)));
        Assert.Empty(Look(20, (0, 7, 9), (1, 4, 0)));
        Assert.Empty(Look(30, (0, 8, 9), (1, 4, 0)));
    }

    [Fact]
    public void One_that_moves_again_is_told_of_no_more()
    {
        Assert.Empty(Look(0, (0, 5, 9)));
        Assert.Empty(Look(10, (0, 5, 9)));
        Assert.Single(Look(20, (0, 5, 9)));
        Assert.Empty(Look(30, (0, 6, 8)));
        Assert.Empty(Look(40, (0, 6, 8)));
    }

    [Fact]
    public void Looks_close_behind_one_another_count_as_one()
    {
        Assert.Empty(Look(0, (0, 5, 9)));
        Assert.Empty(Look(1, (0, 5, 9)));
        Assert.Empty(Look(2, (0, 5, 9)));
        Assert.Empty(Look(10, (0, 5, 9)));
        Assert.Single(Look(15, (0, 5, 9)));
    }

    [Fact]
    public void Of_two_jobs_that_read_one_partition_the_one_that_stands_is_told()
    {
        Assert.Empty(Look(0, (0, 90, 10), (0, 5, 95)));
        Assert.Empty(Look(10, (0, 95, 5), (0, 5, 95)));
        Assert.Equal(5, Assert.Single(Look(20, (0, 99, 1), (0, 5, 95))).Lag.Position);
    }

    private IReadOnlyList<(PartitionLag Lag, TimeSpan For)> Look(int second, params (int Partition, long Position, long Records)[] lags) =>
        _standstills.Look(
            [.. lags.Select(lag => new PartitionLag(new TopicPartition("orders", lag.Partition), lag.Position, lag.Records))],
            Start.AddSeconds(second));
}
