using Microsoft.Extensions.Time.Testing;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Tests.Telemetry;

/// <summary>Time by what a subtask found: the three add up to all that has gone by since its first step.</summary>
public sealed class StepTimesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StepTimes _times = new();

    [Fact]
    public void The_wait_behind_a_step_counts_as_what_the_step_found()
    {
        Step(SubtaskState.Busy, 3, wait: 1);
        Step(SubtaskState.Backpressured, 0, wait: 5);
        Step(SubtaskState.Idle, 0, wait: 20);
        Step(SubtaskState.Busy, 2, wait: 0);
        Assert.Equal(new SubtaskTime(Seconds(6), Seconds(5), Seconds(20)), _times.Read(_time));
    }

    [Fact]
    public void A_subtask_that_sleeps_grows_idle_while_it_is_asked()
    {
        Step(SubtaskState.Idle, 1, wait: 10);
        Assert.Equal(Seconds(11), _times.Read(_time).Idle);
        _time.Advance(Seconds(4));
        Assert.Equal(Seconds(15), _times.Read(_time).Idle);
    }

    [Fact]
    public void A_step_that_does_not_return_is_seen_from_outside()
    {
        Assert.Null(_times.Since);
        _times.Begin(_time.GetTimestamp());
        _time.Advance(Seconds(90));
        Assert.Equal(Seconds(90), _time.GetElapsedTime(_times.Since!.Value));
        _times.End(_time.GetTimestamp(), SubtaskState.Busy);
        Assert.Null(_times.Since);
    }

    [Fact]
    public void No_time_is_counted_before_the_first_step()
    {
        _time.Advance(Seconds(100));
        Assert.Equal(default, _times.Read(_time));
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private void Step(SubtaskState found, int seconds, int wait)
    {
        _times.Begin(_time.GetTimestamp());
        _time.Advance(Seconds(seconds));
        _times.End(_time.GetTimestamp(), found);
        _time.Advance(Seconds(wait));
    }
}
