using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Subtasks;

/// <summary>How much of a sweep is done in a step.</summary>
public sealed class SweepPaceTests
{
    [Theory]
    [InlineData(1, 80)]
    [InlineData(30, 3)]
    [InlineData(7_000, 1)]
    public void A_step_ends_with_the_portion_that_passes_the_time(int micros, int portions)
    {
        var (clock, done) = (new SetClock(), 0);
        var isOver = new SweepPace(clock, int.MaxValue).Run((ref int portion) =>
        {
            (portion, done, clock.Now) = (0, done + 1, clock.Now + micros);
            return false;
        });
        Assert.False(isOver);
        Assert.Equal(portions, done);
    }

    [Fact]
    public void Where_the_clock_stands_still_the_number_of_slots_ends_a_step()
    {
        var visited = 0;
        Assert.False(new SweepPace(new SetClock(), 1000).Run((ref int portion) =>
        {
            (visited, portion) = (visited + portion, 0);
            return false;
        }));
        Assert.Equal(1000, visited);
    }

    [Fact]
    public void What_is_over_is_not_asked_again()
    {
        var asked = 0;
        Assert.True(new SweepPace(new SetClock(), 1000).Run((ref int portion) => ++asked > 0));
        Assert.Equal(1, asked);
    }
}
