using Weir.Runtime.Checkpoints.Protocol;

namespace Weir.Runtime.Tests.Checkpoints.Protocol;

public sealed class CheckpointScheduleTests
{
    private static readonly CheckpointSchedule Schedule = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(4));

    [Fact]
    public void G7_without_an_interval_no_checkpoint_is_ever_due() =>
        Assert.False(new CheckpointSchedule(null, TimeSpan.Zero).IsDue(TimeSpan.FromDays(1)));

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(35, true)]
    public void A_checkpoint_is_due_an_interval_after_the_last_one_began(int now, bool isDue) =>
        Assert.Equal(isDue, Schedule.IsDue(TimeSpan.FromSeconds(now)));

    [Theory]
    [InlineData(20, false)]
    [InlineData(22, false)]
    [InlineData(23, true)]
    public void G6_a_periodic_checkpoint_waits_out_the_pause(int now, bool isDue) => Assert.Equal(
        isDue,
        (Schedule with { LastBegun = TimeSpan.FromSeconds(10), LastEnded = TimeSpan.FromSeconds(19) }).IsDue(TimeSpan.FromSeconds(now)));

    [Theory]
    [InlineData(16, 38, false)]
    [InlineData(16, 39, true)]
    [InlineData(6, 35, true)]
    [InlineData(600, 40, false)]
    [InlineData(600, 41, true)]
    public void G6_the_pause_is_half_as_long_as_the_last_one_took_but_no_longer_than_an_interval(
        int took, int now, bool isDue) => Assert.Equal(
        isDue,
        (Schedule with
        {
            LastBegun = TimeSpan.FromSeconds(15),
            LastEnded = TimeSpan.FromSeconds(31),
            LastTook = TimeSpan.FromSeconds(took),
        }).IsDue(TimeSpan.FromSeconds(now)));
}
